// The estimators of the bench's core, and what npm offers beside them, on the same series. This
// file runs in Node and in the page of a browser alike; times are milliseconds a call.
import { median } from "./measure.mjs";

/** Runs of each call, after one to warm up, and how long a run takes at least. */
const RUNS = 9;
const LEAST = 4;

/** Series up to this long are given to peers that look at every pair of points, or worse. */
const LONGEST_FOR_PEERS = 3650;

/** One row for a series: milliseconds and, to compare, what was answered. */
export function estimators({ medianSlope, kendallS, smooth, segmentStarts }, series) {
  const { t, y, steps, span, passes, delta, penalty } = columns(series);
  const calls = {
    slope: () => medianSlope(t, y),
    kendall: () => kendallS(t, y),
    smooth: () => smooth(t, y, span, passes, delta),
    steps: () => segmentStarts(steps, penalty),
  };
  const sum = (answer) => (typeof answer === "number" ? answer : answer.reduce((a, b) => a + b, 0));
  const answers = Object.values(calls).map((call) => sum(call()));
  return { n: t.length, ...timesOf(calls), answers };
}

/** What npm's packages take for the same, by estimator and package. */
export function peers({ mlTheilSen, simpleStatistics, lowess, regressionLoess, ChangepointDetector }, series) {
  const { t, y, steps, span, passes, delta } = columns(series);
  const plain = { t: [...t], y: [...y] };
  const smooth = { "@stdlib/stats-lowess": () => lowess(plain.t, plain.y, { f: span, nsteps: passes, delta, sorted: true }) };
  if (t.length > LONGEST_FOR_PEERS) return { smooth: timesOf(smooth) };
  const rows = plain.t.map((at, row) => [at, plain.y[row]]);
  const loess = regressionLoess().x((row) => row[0]).y((row) => row[1]).bandwidth(span);
  return {
    slope: timesOf({
      "ml-regression-theil-sen": () => new mlTheilSen(plain.t, plain.y),
      "simple-statistics, median of all slopes": () => simpleStatistics.median(allSlopes(t, y)),
    }),
    kendall: timesOf({ "a plain double loop": () => doubleLoop(y) }),
    smooth: timesOf({ ...smooth, "d3-regression, LOESS": () => loess(rows) }),
    steps: timesOf({
      "@bsull/augurs, another method": () => {
        const detector = ChangepointDetector.normalGamma();
        detector.detectChangepoints(steps);
        detector.free();
      },
    }),
  };
}

function columns({ t, y, steps, ...settings }) {
  return { t: Float64Array.from(t), y: Float64Array.from(y), steps: Float64Array.from(steps), ...settings };
}

function allSlopes(t, y) {
  const slopes = [];
  for (let i = 0; i < t.length; i += 1) {
    for (let j = i + 1; j < t.length; j += 1) slopes.push((y[j] - y[i]) / (t[j] - t[i]));
  }
  return slopes;
}

function doubleLoop(y) {
  let s = 0;
  for (let i = 0; i < y.length; i += 1) {
    for (let j = i + 1; j < y.length; j += 1) s += (y[j] > y[i]) - (y[j] < y[i]);
  }
  return s;
}

function timesOf(calls) {
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, timed(call)]));
}

/** The median time of a call; a slow one is called fewer times. */
function timed(call) {
  const run = (times) => {
    const begun = performance.now();
    for (let time = 0; time < times; time += 1) call();
    return (performance.now() - begun) / times;
  };
  const first = run(1);
  const times = Math.min(10_000, Math.max(1, Math.ceil(LEAST / Math.max(first, 1e-3))));
  const runs = Math.min(RUNS, Math.max(3, Math.ceil(2_000 / first)));
  return median(Array.from({ length: runs }, () => run(times)));
}
