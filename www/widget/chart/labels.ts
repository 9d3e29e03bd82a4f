/**
 * The words of the charts' controls and axes. Every sentence about the person's record comes from
 * the engine, in its own catalogue; here are only names of buttons, columns and marks.
 */
import type { DayStatus, Mark } from "#types";

export const labels = {
  timeline: "Timeline",
  days: (count: number) => (count === 1 ? "1 day" : `${count} days`),
  dates: (from: string, to: string) => `${from} – ${to}`,
  fourWeeks: "4 weeks",
  threeMonths: "3 months",
  all: "All",
  table: "Table",
  print: "Print",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  earlier: "Earlier",
  later: "Later",
  show: "What to show",
  values: (count: number) => (count === 1 ? "1 value" : `${count} values`),
  visibleDays: "Days shown",
  move: "Move through time",
  why: "Why",
  inWords: "In words",
  phases: "Time on each prescription",
  chart: "chart",
  chartOf: (names: string) => `Timeline of ${names}`,
  chartKeys:
    "Left and right arrow: one recorded day. Page up and page down: one week. Home and end: first " +
    "and last day. Plus and minus: zoom. Escape: close the note.",
  sideEffects: "Side effects",
  tallerIsStronger: "taller = stronger",
  severity: ["", "mild", "moderate", "severe"] as const,
  events: "Events",
  prescribed: (unit: string) => `prescribed, ${unit} a day`,
  asNeeded: "as needed",
  band: (name: string) => `band: ${name}`,
  changeFound: "change found here",
  on: (medicine: string) => `on ${medicine}`,
  noEntry: "Nothing was recorded on this day",
  close: "Close",
  day: "Day",
  dose: (medicine: string, unit: string) => `${medicine}, ${unit} a day`,
  tablePart: (first: string, last: string) =>
    `The table shows ${first} to ${last}. Use Earlier and Later for the other days.`,
  dayStatus: {
    "nothing-due": "nothing due",
    "no-entry": "no entry",
    taken: "taken",
    partly: "partly taken",
    missed: "not taken",
    "as-needed": "taken as needed",
  } satisfies Record<DayStatus, string>,
  mark: {
    visit: "visit",
    therapy: "therapy",
    "life-event": "life event",
    goal: "goal",
    span: "stay or leave",
    assessment: "questionnaire",
  } satisfies Record<Mark["kind"], string>,
  from: "From",
  to: "To",
  regimen: "Prescribed",
  valuesCounted: "Values counted",
  settledDays: "Settled days",
  daysMissing: "Days without a value",
  mean: "Mean",
  spread: "Spread",
  difference: "Difference to the time before",
  medicine: "Medicine",
  outcome: "Score or rating",
  nothingAtDoses:
    "Doses and scores appear here once a medicine and a score or rating are recorded.",
  level: "Dose",
  scores: (count: number) => (count === 1 ? "1 score" : `${count} scores`),
  noScores: "no scores",
  interval: "Interval",
  intervalOf: (low: string, high: string) => `${low} to ${high}`,
  settledAndLeftOut: "Days while settling in or washing out",
  leftOut: "Scores left out",
  chartOfDoses: (outcome: string, medicine: string) => `${outcome} at each dose of ${medicine}`,
};

/** Names in lists and tables begin with a capital, as sentences do. */
export function capital(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
