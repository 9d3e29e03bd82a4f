// The npm packages that the estimators are measured beside.
export { default as lowess } from "@stdlib/stats-lowess";
export { default as startAugurs, ChangepointDetector } from "@bsull/augurs/changepoint";
export { regressionLoess } from "d3-regression";
export { TheilSenRegression as mlTheilSen } from "ml-regression-theil-sen";
export * as simpleStatistics from "simple-statistics";
