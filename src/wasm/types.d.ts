/**
 * The plain data that crosses the boundary of Doseline: the one source of its TypeScript types.
 *
 * Days are `YYYY-MM-DD`, instants RFC 3339 with an offset. In a column (a `Float64Array`) days
 * are numbers since 1970-01-01 with the time of day as fraction, and NaN means missing.
 */

/** A civil day as the person lived it, `2026-03-12`. */
export type Day = string;
/** An instant with its offset, `2026-03-12T08:05:00+01:00`. */
export type Moment = string;
/** A time on the clock of the place, `08:00`. */
export type ClockTime = string;
/** Identifier of an entry, a UUID. */
export type EntryId = string;

export type RecordedBy = "self" | "family" | "clinician" | "import";
export type Worse = "higher" | "lower" | "neither";
export type Unit = "mg" | "mcg" | "g" | "mL" | "drops" | "tablet" | "mg/24h" | "mEq" | "IU";
export type BuiltInOutcome =
  "mood" | "anxiety" | "energy" | "irritability" | "focus" | "work" | "home" | "people";

export interface CheckIn {
  kind: "check-in";
  /** Outcome name → rating. Built-in outcomes run from 0 to 10. */
  ratings?: Record<string, number>;
  sleepHours?: number;
  cycleDay?: number;
  tags?: string[];
  note?: string;
}

export interface Assessment {
  kind: "assessment";
  /** `phq-9`, `gad-7` …, or one this diary defines. */
  instrument: string;
  /** Item scores in order, null where unanswered. Either these or `total`. */
  items?: (number | null)[];
  total?: number;
  /** The unscored difficulty question, 0–3. */
  difficulty?: number;
  note?: string;
}

export interface Ingredient {
  name: string;
  /** Row of the reference tables, for example `sertraline`. */
  reference?: string;
  rxnorm?: string;
  /** In one tablet, millilitre or drop. */
  strength?: { amount: number; unit: Unit };
}

export interface Medicine {
  kind: "medicine";
  name: string;
  ingredients: Ingredient[];
  form?: "tablet" | "capsule" | "liquid" | "drops" | "patch" | "injection" | "spray" | "film" | "other";
  route?:
    "oral" | "sublingual" | "nasal" | "transdermal" | "intramuscular" | "subcutaneous" | "other";
  release?: "immediate" | "extended" | "delayed" | "depot";
  purpose?: string;
  class?: string;
  note?: string;
}

export interface DueDose {
  at?: ClockTime;
  amount: number;
}

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** `maxPerDay` is an amount in the schedule's unit. */
export type Schedule = { unit: Unit; doses: DueDose[] } & (
  | { repeat: "daily" | "once" }
  | { repeat: "weekdays"; days: Weekday[] }
  | { repeat: "every"; days: number }
  | { repeat: "cycle"; on: number; off: number }
  | { repeat: "as-needed"; maxPerDay?: number; minGapHours?: number }
  | { repeat: "depot"; weeks: number }
);

export type StepAction =
  | "start" | "increase" | "decrease" | "hold" | "resume" | "switch" | "cross-taper" | "augment" | "stop";

export interface Step {
  kind: "step";
  medicine: EntryId;
  action: StepAction;
  /** What is prescribed from the entry's day on; not with hold and stop. */
  schedule?: Schedule;
  /** With start: the dose was taken since before this day, so that nothing began on it. */
  since?: "before";
  /** The medicine that a switch ends or a cross-taper brings down. */
  replacing?: EntryId;
  /** The one question the step is to answer, read once when the weeks are over; not with hold and stop. */
  trial?: { outcome: string; points: number; weeks: number };
  reason?: string;
  decidedBy?: "prescriber" | "person" | "together" | "other";
  note?: string;
}

export type DoseStatus = "taken" | "late" | "skipped" | "missed" | "extra" | "as-needed";

export interface DoseEvent {
  kind: "dose";
  medicine: EntryId;
  status: DoseStatus;
  amount?: number;
  unit?: Unit;
  /** The time of the scheduled dose this is about. */
  scheduled?: ClockTime;
  reason?: string;
}

export interface SideEffect {
  kind: "side-effect";
  term: string;
  severity: "mild" | "moderate" | "severe";
  onset: Day;
  end?: Day;
  suspected?: EntryId;
  note?: string;
}

export type MeasureUnit =
  | "kg" | "lb" | "mmHg" | "/min" | "Cel" | "degF" | "mmol/L" | "mEq/L" | "umol/L" | "nmol/L" | "mg/L"
  | "mg/dL" | "mcg/mL" | "mcg/L" | "ng/mL" | "g/dL" | "U/L" | "mIU/L" | "10*9/L" | "/uL" | "mL/min" | "%";

export interface Measurement {
  kind: "measurement";
  measure: "weight" | "blood-pressure" | "pulse" | "temperature" | "lab";
  value: number;
  unit: MeasureUnit;
  /** The lower number of a blood pressure. */
  diastolic?: number;
  /** What a laboratory looked for. */
  analyte?: string;
  hoursSinceDose?: number;
  note?: string;
}

export interface TherapySession {
  kind: "therapy";
  therapy: string;
  minutes?: number;
  note?: string;
}

export interface LifeEvent {
  kind: "life-event";
  title: string;
  note?: string;
}

export interface SubstanceUse {
  kind: "substance";
  substance: string;
  quantity?: number;
  countedIn?: string;
  note?: string;
}

export interface Visit {
  kind: "visit";
  with?: string;
  note?: string;
}

export interface Question {
  kind: "question";
  text: string;
  visit?: EntryId;
  answer?: string;
}

export interface Goal {
  kind: "goal";
  text: string;
  /** −2 much less than hoped … 2 much more. */
  attainment?: number;
  note?: string;
}

/** Signs by which a person would notice a relapse coming, chosen on a day they were well. Each is ticked as a tag. */
export interface RelapseSigns {
  kind: "relapse-signs";
  signs: string[];
  note?: string;
}

/** That the list of medicines was looked over, and that these are everything; "Is this everything?" */
export interface Reconciliation {
  kind: "reconciliation";
  medicines?: EntryId[];
  note?: string;
}

export interface Span {
  kind: "span";
  span: "hospital-stay" | "emergency-visit" | "sick-leave";
  from: Day;
  to?: Day;
  note?: string;
}

export interface ProfileFact {
  kind: "profile";
  topic:
    | "symptoms" | "history" | "lifestyle" | "preferences"
    | "condition" | "birth-year" | "pregnancy" | "pregnancy-possible" | "breastfeeding" | "allergy"
    | "past-reaction" | "seizures" | "eating-disorder" | "kidney" | "liver" | "heart" | "glaucoma"
    | "smoking" | "family-history";
  state: "known" | "unknown" | "declined";
  /** Needed when known: a year for `birth-year`, otherwise words. */
  value?: string | number;
  diagnosedBy?: string;
}

/** A flag that was set aside, by its key, with the reason. */
export interface Dismissal {
  kind: "dismissal";
  flag: string;
  reason: string;
}

/** What a person wrote for hard hours, in their own words. The newest one holds; no report shows it. */
export interface SafetyPlan {
  kind: "safety-plan";
  warningSigns?: string[];
  whatHelps?: string[];
  people?: string[];
  professionals?: string[];
  saferHome?: string[];
  reasons?: string[];
}

/** Someone of the care team. */
export interface Contact {
  kind: "contact";
  name: string;
  role?: string;
  /** 3 to 20 digits, with blanks and `+ ( ) - . /` between them. */
  phone?: string;
  /** How else to reach them. */
  reach?: string;
  hours?: string;
  /** Whether they prescribe the medicines. */
  prescriber?: "yes";
}

export interface OutcomeDefinition {
  kind: "outcome";
  outcome: string;
  name: string;
  min: number;
  max: number;
  worse: Worse;
  smallestChange?: number;
}

export interface InstrumentDefinition {
  kind: "instrument";
  instrument: string;
  name: string;
  min: number;
  max: number;
  worse: Worse;
  recallDays?: number;
  smallestChange?: number;
}

/** The body of an entry, one shape for each kind. */
export type Body =
  | CheckIn | Assessment | Medicine | Step | DoseEvent | SideEffect | Measurement | TherapySession
  | LifeEvent | SubstanceUse | Visit | Question | Goal | RelapseSigns | Reconciliation | Span | ProfileFact | Dismissal
  | SafetyPlan | Contact | OutcomeDefinition | InstrumentDefinition;

export type Kind = Body["kind"];

/** What can be recorded: a body and, where it was not now, when it was. */
export type Draft = Body & { day?: Day; at?: Moment; recordedBy?: RecordedBy };

/** A new body for an entry, of the kind it has. */
export type Amendment = AmendmentOf<Body>;

type AmendmentOf<B extends Body> = B extends Body
  ? Omit<B, "kind"> & Partial<Pick<B, "kind">> & Pick<Draft, "day" | "at" | "recordedBy">
  : never;

/** A recorded entry. */
export type Entry = Body & {
  id: EntryId;
  day: Day;
  at?: Moment;
  recordedBy: RecordedBy;
  recordedAt: Moment;
  /** How many days after its own day it was recorded: 0 when on the day or ahead of it. Not in the file. */
  daysLate: number;
  /** Stamp of this version. */
  stamp: string;
  replaces?: string[];
};

/** Which entries to list. */
export interface EntryFilter {
  kind?: Kind;
  /** First day. */
  from?: Day;
  /** Last day. */
  to?: Day;
  /**
   * Only those with a number outside the scale this diary now gives it, since the scale was changed elsewhere or
   * taken back. They count as they stand until the person amends or removes them.
   */
  offScale?: boolean;
}

export type ErrorCode =
  | "invalid-json" | "wrong-type" | "missing-field" | "unknown-field" | "unknown-value" | "out-of-range"
  | "bad-text" | "bad-date" | "bad-id" | "end-before-start" | "never-due" | "exactly-one" | "no-such-entry"
  | "not-that-kind" | "not-suitable" | "not-available" | "unfit-questionnaire" | "pack-in-use" | "newer-version" | "subject-mismatch" | "invalid-csv";

export type Certainty = "established" | "suggestive" | "not-enough-yet" | "not-estimable";

/** One statement of the analysis, in words and in numbers. */
export interface Finding {
  claim: "trend" | "change-point" | "phase" | "dose-level" | "treatment-response" | "adherence" | "item-strip"
    | "fair-trial" | "relapse-watch" | "association" | "lag" | "trial-design" | "exposure" | "side-effect";
  certainty: Certainty;
  /** The finding as a sentence. */
  sentence: string;
  /** The doubt that belongs beside it. */
  doubt: string;
  /** How it was reached, a sentence a line. */
  why: string[];
  value: number | null;
  unit: string;
  low: number | null;
  high: number | null;
  n: number;
  effectiveN: [number, number] | null;
  daysMissing: number;
  window: { from: Day; to: Day };
  /** The look at which it was read: every 28 days, or a visit with no look in the two weeks before it. Later values wait for the next. */
  look: Day | null;
  /** The look before, where it was told then and is not now: later days have made it weaker. */
  weakenedSince: Day | null;
  /** Name of the method. */
  method: string;
  /** The entries behind it. */
  entries: EntryId[];
}

export type FlagSeverity = "urgent-help" | "contact-today" | "worth-asking-about" | "for-information";

/** One safety statement. It informs, and never says what to take. */
export interface Flag {
  /** Id of the rule. */
  rule: string;
  severity: FlagSeverity;
  /** Medicines by their row in the tables or by name, substances, instruments. */
  about: string[];
  sentence: string;
  /** The signs for which help is needed. */
  watch: string | null;
  /** What was looked at. */
  why: string;
  /** What to mind: that it is general information not yet checked against the label, that the tables are
   * out of date. A sentence a line. */
  marks: string[];
  /** What was not looked at. */
  notCovered: string;
  /** Citations. */
  sources: string[];
  confidence: Confidence;
  /** The entries behind it. */
  entries: EntryId[];
  /** What a `dismissal` names; another one as soon as a fact changes. */
  key: string;
  /** How it was set aside. Only clinicians are shown such a flag. */
  dismissed: { entry: EntryId; day: Day; reason: string } | null;
}

/** The flags of today, the most severe first. */
export interface Flags {
  flags: Flag[];
  /** Rules that could not be checked, and why. */
  notChecked: { rule: string; sentence: string }[];
  /** Version of the reference tables. */
  tables: string;
}

/** What stands behind "Need help now", in the order it is shown: the person's own words first. */
export interface Help {
  /** What is said first. */
  lead: string;
  /** The latest answer about self-harm: the full path where its severity is "urgent-help", otherwise a
   * quiet card. */
  crisis: Flag | null;
  /** That the portal's system has got a message; only once it acknowledged that. */
  told: string | null;
  plan: {
    /** null while there is no plan. */
    entry: EntryId | null;
    day: Day | null;
    /** Every part, also those without a line. */
    parts: { part: keyof Omit<SafetyPlan, "kind">; title: string; lines: string[] }[];
  };
  /** What the person noted as having helped, the newest first: check-ins with the tag `helped`. */
  helpedBefore: { entry: EntryId; day: Day; text: string }[];
  /** The people of the care team, those who prescribe first. */
  team: {
    entry: EntryId; name: string; role: string | null; phone: string | null; reach: string | null;
    hours: string | null; prescriber: boolean;
  }[];
  contacts: HelpContact[];
  /** What to do in immediate danger. */
  emergency: string;
  /** Who sees an answer about self-harm, and when: said before it is given. */
  whoSees: string;
  /** Whether anyone watches this page. */
  watched: string;
}

/** Whom anyone can reach: someone of the portal, or a row of the tables. */
export interface HelpContact {
  name: string;
  /** Where they serve, while the person's country is not known. */
  place: string | null;
  /** ISO 3166 codes; none: all countries. */
  countries: string[];
  phone: string | null;
  /** The number to send a text message to, and the word to send. */
  text: string | null;
  say: string | null;
  web: string | null;
  hours: string | null;
  /** How far the tables' row was checked; null for what the portal says. */
  confidence: Confidence | null;
}

/** An outcome or an instrument whose values can be drawn. */
export interface Outcome {
  /** `mood`, `sleep`, `phq-9`, a name this diary defines, or one of these as others saw it: `mood@family`. */
  outcome: string;
  name: string;
  source: "rating" | "assessment" | "sleep";
  range: [number, number];
  worse: Worse;
  /** Words for the ends of the scale. */
  ends: [string, string];
  /** Who rated it, where that is not the person: `mood@family` is a series of its own. */
  seenBy: "family" | "clinician" | null;
  /** How many values the diary holds. */
  count: number;
}

export interface SeverityBand {
  min: number;
  max: number;
  label: string;
}

export interface ChangePoint {
  /** The most likely first day of the new level. */
  day: number;
  /** Days between which it lies. */
  low: number;
  high: number;
  before: number;
  after: number;
  /** Days to the nearest titration step, null without one. */
  nearestStep: number | null;
  /** Share of all days that lie as near to a step by chance. */
  byChance: number | null;
  finding: Finding;
}

export interface OutcomeLane {
  outcome: Outcome;
  /** One point a recorded value, in order of time. */
  days: Float64Array;
  values: Float64Array;
  ids: EntryId[];
  /** The smooth line and the spread around it; empty when there are too few values. */
  line: { days: Float64Array; middle: Float64Array; low: Float64Array; high: Float64Array };
  /** What the band is: named, because it is not an interval of the line. */
  bandName: string;
  severityBands: SeverityBand[];
  changePoints: ChangePoint[];
  trend: Finding;
  daysMissing: number;
}

export interface SideEffectStrip {
  term: string;
  spans: { id: EntryId; from: number; to: number; ongoing: boolean; severity: 1 | 2 | 3 }[];
}

/** One medicine's prescribed dose as steps, and what happened on each day. */
export interface DoseLane {
  medicine: EntryId;
  name: string;
  unit: Unit;
  asNeeded: boolean;
  /** First days of the steps and the daily dose from then on; 0 where nothing is prescribed. */
  stepDays: Float64Array;
  stepDoses: Float64Array;
  steps: { id: EntryId; day: number; label: string }[];
  /** A day from the first step to the last day, and what was recorded of it (`dayStatuses`). */
  adherenceDays: Float64Array;
  adherence: Float64Array;
}

/** Meaning of the numbers in `DoseLane.adherence`. */
export type DayStatus =
  "nothing-due" | "no-entry" | "taken" | "partly" | "missed" | "as-needed";

export interface Mark {
  id: EntryId;
  kind: "visit" | "therapy" | "life-event" | "goal" | "span" | "assessment";
  from: number;
  to: number;
  label: string;
}

/** Everything the timeline draws. */
export interface Timeline {
  from: Day;
  to: Day;
  /** The day statuses by number. */
  dayStatuses: DayStatus[];
  lanes: OutcomeLane[];
  sideEffects: SideEffectStrip[];
  doses: DoseLane[];
  marks: Mark[];
  /** The one to read first. */
  headline: Finding;
  /** The outcome that `phases` is about: that of the first lane. */
  phaseOutcome: string | null;
  phases: PhaseRow[];
}

export interface PhaseRow {
  from: Day;
  to: Day;
  /** The regimen in words, `sertraline 50 mg`. */
  regimen: string;
  days: number;
  settledDays: number;
  n: number;
  /** Values left out because of wash-in or washout. */
  leftOut: number;
  daysMissing: number;
  mean: number | null;
  spread: number | null;
  /** Difference to the phase before. */
  difference: Finding | null;
}

export interface TimelineOptions {
  outcomes?: string[];
  from?: Day;
  to?: Day;
}

export interface DoseLevel {
  /** null: before the medicine or after its end. */
  dose: number | null;
  label: string;
  /** How often the level was begun. */
  times: number;
  /** Settled days, wash-in days and washout days on it. */
  days: number;
  washInDays: number;
  washoutDays: number;
  /** Values counted, and values left out because of wash-in or washout. */
  n: number;
  leftOut: number;
  scoreDays: Float64Array;
  scores: Float64Array;
  ids: EntryId[];
  mean: number | null;
  low: number | null;
  high: number | null;
  effectiveN: [number, number] | null;
  /** Mean over settled days of the summed severities (1–3) of the side effects going on. */
  sideEffectLoad: number | null;
  sideEffectWord: string;
  /** Why there is no interval, empty when there is one. */
  notEstimable: string;
  /** The share of the days at one end of the scale where it is 0.3 or more: then no interval is given. */
  atEnd: number | null;
}

/** The dose card. */
export interface DoseResponse {
  medicine: EntryId;
  medicineName: string;
  outcome: Outcome;
  unit: Unit;
  /** "What happened at each dose", or "Dose-response" where the design allows that word. */
  title: string;
  subtitle: string;
  isDoseResponse: boolean;
  severityBands: SeverityBand[];
  levels: DoseLevel[];
  /** A monotone curve through the levels; null unless a dose was left and returned to. */
  curve: { doses: Float64Array; values: Float64Array } | null;
  finding: Finding;
  /** Which of several ingredients it follows, what was left out, what changed at the same time, what this is not. */
  notes: { label: string; text: string }[];
}

export interface Adherence {
  medicine: EntryId;
  medicineName: string;
  from: Day;
  to: Day;
  due: number;
  taken: number;
  late: number;
  skipped: number;
  missed: number;
  extra: number;
  asNeeded: number;
  noEntry: number;
  daysDue: number;
  /** Share of due days covered: without and with the days that have no entry. */
  covered: { low: number; high: number } | null;
  /** That share with extra doses carried over to later days. */
  coveredShifted: number;
  /** Doses taken over doses due; not capped at 1. */
  possession: number;
  /** The lower share if one in ten doses recorded as taken was not, whichever they were. */
  ifFewer: number | null;
  /** The first dose recorded as taken; no number of days for a medicine taken since before. */
  initiation: { day: Day; daysAfterStart: number | null } | null;
  /** Days from the first dose taken to the last: without and with days that have no entry. */
  persistence: { low: number; high: number } | null;
  /** Runs of due days recorded as not taken. */
  gaps: number;
  /** The outcome asked for on days beside missed doses, against days beside taken ones. */
  besideGaps: { after: Finding; before: Finding } | null;
  /** Longest run of due days recorded as not taken, and counting days without an entry. */
  longestGap: { recorded: number; withoutEntry: number };
  finding: Finding;
}

/** The level of a medicine by a model: no measured level, and no concentration. */
export interface Exposure {
  medicine: EntryId;
  medicineName: string;
  /** Whose level this is, as a sentence, where the medicine holds several ingredients. */
  follows: string | null;
  from: Day;
  to: Day;
  /** Points of time; the level by the doses recorded as taken (`low`), and if due doses without an
   * entry were taken too (`high`). 1 is the settled mean level on the dose prescribed last. */
  days: Float64Array;
  low: Float64Array;
  high: Float64Array;
  /** That dose a day, in milligrams where the units allow. */
  dose: number;
  /** Hours in which half leaves, between people, and where that comes from. */
  halfLifeHours: { low: number; high: number; confidence: Confidence; source: string };
  hoursToPeak: number;
  /** Days until nine tenths of a new level are reached. */
  daysToSteady: { low: number; high: number };
  /** How many times the level of one dose the settled level comes to. */
  accumulation: number;
  /** Share of the usual level before a dose when the dose before it was missed. */
  afterAMissedDose: number;
  finding: Finding;
}

/** The side effects of a diary beside one medicine. */
export interface SideEffects {
  medicine: EntryId;
  medicineName: string;
  /** Whose doses these are, as a sentence, where the medicine holds several ingredients. */
  follows: string | null;
  from: Day;
  to: Day;
  effects: {
    term: string;
    onsets: number;
    first: Day;
    /** Days from the step before the first onset, and the share of all days as soon after one. */
    daysAfterStep: number | null;
    byChance: number | null;
    /** Each dose, 0 for none; severities run from 0 without the effect to 3. */
    doses: { dose: number; days: number; daysWith: number; meanSeverity: number }[];
    unit: Unit | null;
    /** Change of mean severity for one unit of dose; null unless doses went both up and down. */
    slope: number | null;
    /** After each fall of the dose under the effect: whether it went away while the medicine left. */
    dechallenges: { day: Day; days: number | null; wentAway: boolean | null }[];
    /** Onsets after a fall or an end of the dose; null for a patient's audience. */
    afterFalls: { onset: Day; days: number; lasted: number | null; isSoon: boolean; text: string }[] | null;
    finding: Finding;
  }[];
}

export interface TreatmentResponse {
  instrument: string;
  name: string;
  medicine: EntryId;
  start: Day;
  baseline: { mean: number; n: number; from: Day; to: Day } | null;
  latest: { total: number; day: Day } | null;
  change: number | null;
  percentChange: number | null;
  /** The part of the change expected anyway by regression to the mean, with its range. */
  expectedAnyway: { change: number; low: number; high: number } | null;
  /** Each rule with what it says, null while two consecutive readings are missing. */
  rules: { rule: "response" | "partial-response" | "remission" | "reliable-improvement"
      | "reliable-deterioration" | "relapse"; met: boolean | null; since: Day | null; text: string; source: string }[];
  finding: Finding;
}

/** Which answers of a questionnaire moved between phases of the regimen. */
export interface ItemStrip {
  instrument: string;
  name: string;
  /** Each item with what it is about where that can be a side effect as well. */
  items: { text: string; sideEffect: string | null }[];
  /** Lowest and highest answer. */
  answers: [number, number];
  phases: {
    from: Day;
    to: Day;
    regimen: string;
    n: number;
    /** Mean answer to each item; empty where no reading counts. */
    answers: number[];
    total: number | null;
    /** Mean total without the items that can be side effects. */
    without: number | null;
    /** Items, from 1, that moved by a step or more since the phase before. Described, not tested. */
    moved: number[];
    sentence: string;
    totalDifference: Finding | null;
    withoutDifference: Finding | null;
  }[];
  /** Readings left out because not every item has an answer. */
  incomplete: number;
  note: string;
}

/** The goal that was set at a step, and whether it was reached by its review. */
export interface FairTrial {
  step: EntryId;
  medicine: EntryId;
  medicineName: string;
  outcome: string;
  outcomeName: string;
  points: number;
  start: Day;
  review: Day;
  state: TrialState;
  /** Values of its days that came in after the review and are left out. */
  late: number;
  /** Entries of its days that were changed or removed after the review. */
  changed: number;
  finding: Finding;
}

export type TrialState = "waiting" | "reached" | "unclear" | "not-reached" | "not-enough" | "set-too-late";

/** Whether an outcome has left the level it had while the person was well. */
export interface RelapseWatch {
  /** The days whose level is the usual one. */
  baseline: { from: Day; to: Day } | null;
  watched: {
    outcome: Outcome;
    /** Mean over the baseline, and the value of the chart beyond which an alarm is raised. */
    usual: number;
    limit: number;
    /** The chart: a slow average, with at most one false alarm a year. */
    days: Float64Array;
    chart: Float64Array;
    alarms: { from: Day; to: Day | null }[];
  } | null;
  /** Days on which each of the person's signs was ticked, of those with a check-in: lately and in the baseline. */
  signs: { sign: string; recent: number; recentOf: number; usual: number; usualOf: number }[];
  finding: Finding;
}

/** Which recorded things go together with which ratings, and whether that held up on later days. */
export interface Associations {
  /** Patterns tried: things, ratings and lags. */
  tried: number;
  outcomes: string[];
  things: string[];
  hunches: Hunch[];
}

/** A pattern found by looking, frozen with a date; only later days can make it more. */
export interface Hunch {
  outcome: string;
  thing: string;
  /** Days from the thing to the rating. */
  lagDays: number;
  direction: "higher" | "lower";
  since: Day;
  /** Patterns tried by then. */
  tried: number;
  state: "watching" | "held-up" | "did-not";
  /** The look at which later days told. */
  read: Day | null;
  finding: Finding;
}

/** The answer to a dose at each assumed lag; none of them is picked. */
export interface LagStrip {
  medicine: EntryId;
  medicineName: string;
  /** Whose doses these are, as a sentence, where the medicine holds several ingredients. */
  follows: string | null;
  outcome: Outcome;
  /** Difference between the highest and the lowest dose, for each lag in weeks. */
  lags: { weeks: number; value: number | null; low: number | null; high: number | null }[];
  /** The lag in days that the other cards use, fixed by the medicine's wash-in. */
  fixedDays: number;
  /** How often the dose turned round. */
  reversals: number;
  /** Least and most weeks that the days allow, after four reversals. */
  estimatedWeeks: [number, number] | null;
  finding: Finding;
}

/** What the weeks of a trial would differ in: whether it is taken, or at which time of the day. */
export type TrialQuestion = "with-or-without" | "time-of-day";

/**
 * What the design of a trial is asked for: by default with or without; `points` where the outcome has no smallest
 * change of its own.
 */
export interface TrialDesignOptions {
  medicine: EntryId;
  question?: TrialQuestion;
  outcome: string;
  points?: number;
}

/** How many days a trial with planned switches would take; for clinicians. */
export interface TrialDesign {
  medicine: EntryId;
  medicineName: string;
  question: TrialQuestion;
  outcome: Outcome;
  /** The smallest change that matters. */
  points: number;
  /** Days after a switch that are left out. */
  carryOverDays: number;
  /** For each length: mean half-width of the interval, and how often the change would be told from none. */
  plans: { days: number; halfWidth: number; power: number }[];
  daysNeeded: number | null;
  finding: Finding;
}

/** Where each medicine stands on its way, and what falls due. */
export interface Journey {
  day: Day;
  /** The medicines that were ever prescribed, those taken first. */
  medicines: MedicineStanding[];
  /** By day. */
  due: Due[];
  /** Intervals that are not known here, a sentence a line. */
  notKnown: string[];
  /** Version of the reference tables. */
  tables: string;
}

export type JourneyStage = "planned" | "starting" | "in-trial" | "adequate" | "weeks-over" | "maintained" | "taking"
  | "tapering" | "paused" | "stopped";

export interface MedicineStanding {
  medicine: EntryId;
  name: string;
  prescribed: string;
  stage: JourneyStage;
  /** “In trial: week 3 of 6”. */
  stageText: string;
  /** First day of the stage; of a planned one, the day of the first dose. */
  since: Day;
  /** The week of the trial, from 1, and how many it takes. */
  week: [number, number] | null;
  /** What usually comes next; it informs, and never says what to do. */
  next: { text: string; sources: string[]; confidence: Confidence } | null;
}

export type DueKind =
  "check-in" | "questionnaire" | "check" | "visit" | "review" | "stay-or-taper" | "goal" | "list";

export interface Due {
  /** What it is about, the same from day to day. */
  key: string;
  kind: DueKind;
  /** It may have passed. */
  day: Day;
  at: Moment | null;
  /** Whether its day has come. */
  isDue: boolean;
  medicine: EntryId | null;
  /** What it is, without a word on medicines or health: for a calendar that others may see. */
  title: string;
  sentence: string;
  /** That in few words, for a list. */
  short: string;
  sources: string[];
  confidence: Confidence;
  /** Whether the interval is a suggestion of Doseline's own, which a clinic can set. */
  isSuggestion: boolean;
  entries: EntryId[];
}

/** What stays out of briefs and messages until the person ticks it. */
export type SensitivePart = "notes" | "substances" | "sexual" | "cycle" | "trauma";

export interface VisitOptions {
  /** First day of what is new; the last visit unless given. */
  since?: Day;
  /** A first visit: the person is introduced, and what lies before counts as well. */
  first?: boolean;
  /** What was ticked to be in it. */
  include?: SensitivePart[];
}

/** One page to bring to a visit. */
export interface VisitBrief {
  title: string;
  about: string;
  since: Day;
  day: Day;
  sections: {
    id: "person" | "regimen" | "changes" | "scores" | "response" | "adherence" | "effects" | "past" | "flags" | "not-checked"
      | "happened" | "ticked" | "questions" | "goals";
    title: string;
    lines: { text: string; entries: EntryId[] }[];
  }[];
  /** What the diary holds and was not ticked. */
  leftOut: SensitivePart[];
  /** Version of the reference tables. */
  tables: string;
  /** 64 bits of the diary's canonical form: whether it is the same diary, and no proof of it. */
  digest: string;
}

/** What troubles a person about a medicine. */
export type ConcernKind = "not-working" | "side-effect" | "stopping";

export interface ConcernOptions {
  kind: ConcernKind;
  medicine: EntryId;
  /** The side effect to name in the message; without it none is named. */
  effect?: EntryId;
}

/** What there is to say to a concern, and a message to hand over. */
export interface Concern {
  kind: ConcernKind;
  medicine: EntryId;
  medicineName: string;
  /** What needs help now or a call today, the most severe first. */
  first: Flag[];
  howSoon: FlagSeverity;
  /** Whom to contact. */
  whom: string;
  why: string;
  /** When not to wait. */
  sooner: string;
  /** What stopping it all at once is like. */
  stopping: { text: string; sources: string[]; confidence: Confidence };
  /** Four lines: what, since when, doses, scores. */
  message: string[];
}

/** One dose of today's list. */
export interface TodayDose {
  medicine: EntryId;
  name: string;
  label: string;
  day: Day;
  scheduled: ClockTime | null;
  amount: number;
  unit: Unit;
  asNeeded: boolean;
  /** What was recorded for it. */
  status: DoseStatus | null;
  entry: EntryId | null;
  /** Doses taken on the day, for as-needed medicines. */
  takenToday: number;
  maxPerDay: number | null;
}

export interface Today {
  day: Day;
  doses: TodayDose[];
  checkIns: number;
  lastCheckIn: Moment | null;
  /** Questionnaires that are due, the longest due first; `last` null: the main one of a condition the person told. */
  dueAssessments: { instrument: string; name: string; last: Day | null }[];
}

/** A medicine of the diary with what is prescribed now. */
export interface MedicineView {
  medicine: EntryId;
  name: string;
  state: "planned" | "taking" | "paused" | "stopped" | "not-started";
  /** `100 mg once a day`. */
  prescribed: string;
  schedule: Schedule | null;
  since: Day | null;
  steps: { id: EntryId; day: Day; action: StepAction; label: string; reason: string }[];
}

/** An entry that two devices edited without knowing of each other, for the person to settle. */
export interface Conflict {
  id: EntryId;
  /** What each edit reads; amending the entry with one of them settles it. */
  versions: Entry[];
}

/** The pack of reference tables in use. */
export interface ReferencePack {
  version: string;
  issued: Day;
  /** The day by which it should have been reviewed; past it every flag says so. */
  reviewBy: Day;
  isOld: boolean;
  /** Rows below are not used: what rests on them is said not to be checked. */
  leastConfidence: Confidence;
}

/** A row of the tables that was taken back, and when. */
export interface Revocation {
  id: string;
  at: Moment;
}

/** What people are told about a medicine or a condition. */
export interface Leaflet {
  title: string;
  /** Plain name of what kind of medicine it is; empty for a condition. */
  kind: string;
  brands: string[];
  parts: { part: LeafletPart; heading: string; lines: string[] }[];
  /** What to mind of the whole, a sentence a line. */
  marks: string[];
  /** Said where lines are left out that nobody has checked far enough. */
  leftOut: string | null;
  /** Citations. */
  sources: string[];
  /** Version of the reference tables. */
  tables: string;
}

export type LeafletPart =
  | "leaflet-part.for" | "leaflet-part.how" | "leaflet-part.take" | "leaflet-part.how-long" | "leaflet-part.notice"
  | "leaflet-part.warning" | "leaflet-part.not-alone" | "leaflet-part.ask" | "leaflet-part.injection";

/** A kind of medicine that can be named for one that is not listed, as its `class`. */
export interface MedicineKind {
  class: string;
  name: string;
}

/** A side effect that a person can notice: its plain name, and what else it is called. */
export interface SideEffectName {
  name: string;
  also: string[];
}

/** One published table of equivalents: for clinicians, under its own name, never a target. */
export interface EquivalenceTable {
  id: string;
  name: string;
  family: "antidepressant" | "antipsychotic" | "benzodiazepine";
  /** What it cannot say. */
  caveat: string;
  /** Milligrams from and to, and those of the drug it is compared with; `every` so many days, for injections. */
  rows: {
    drug: string; route: string | null; amount: [number, number];
    of: string; ofAmount: [number, number]; every: number | null;
  }[];
  /** Citations. */
  sources: string[];
  confidence: Confidence;
  marks: string[];
}

/** A row of the reference tables found by name, brand, class or condition. */
export interface MedicineMatch {
  reference: string;
  name: string;
  matched: string;
  brands: string[];
  /** The route of the name that matched, where it is not that of `usual`: a brand that is an injection or a patch. */
  route: ListedRoute | null;
  /** Its long-acting injections: rows of their own, none of whose numbers are those of the tablets. */
  injections: InjectionMatch[];
  className: string;
  rxnorm: string | null;
  /** Usual start and range, with how sure the tables are; for context, never a target. */
  usual: { start: number | null; min: number | null; max: number | null; confidence: Confidence };
}

/** How what the tables list enters the body. */
export type ListedRoute = "oral" | "sublingual" | "nasal" | "transdermal" | "injection";

/** A long-acting injection, for context, never a target; null: not known here. */
export interface InjectionMatch {
  name: string;
  brands: string[];
  /** Days from one to the next as is usual. */
  daysBetween: number | null;
  /** The most milligrams in one. */
  most: number | null;
  /** How far what is known of the two was checked. */
  confidence: Confidence | null;
}

export type Confidence = "verified" | "cross-checked" | "general-knowledge";

/** An instrument whose words may be shown. */
export interface InstrumentView {
  instrument: string;
  name: string;
  title: string;
  /** Language of title, stem, items and answers, a BCP 47 tag; null: the diary's. */
  language: string | null;
  /** How far back to think, a sentence. */
  recall: string;
  stem: string;
  items: string[];
  options: { score: number; label: string }[];
  /** For each item its own answers; empty where `options` hold. */
  itemOptions: { score: number; label: string }[][];
  /** For each item the number of an earlier one, from 1, and the least answer to it from which this
   * one is asked; null: always. */
  askedIf: ([number, number] | null)[];
  /** Numbers of the items, from 1, whose answer matters by itself: who sees it is said before. */
  safetyItems: number[];
  difficulty: { text: string; options: { score: number; label: string }[] } | null;
  /** What becomes of the total when questions are skipped, a sentence. */
  skipping: string;
  range: [number, number];
  severityBands: SeverityBand[];
  credit: string;
}

/** What can be filled in, what is suggested for a condition, and when each is due. */
export interface Questionnaires {
  /** A set for each condition, the main instrument first; `isOwn`: the person told of the condition. */
  sets: { condition: Condition; name: string; instruments: string[]; isOwn: boolean }[];
  instruments: {
    instrument: string;
    name: string;
    /** What it measures. */
    about: string;
    /** Why it cannot be filled in here, empty where it can. */
    notHere: string;
    last: Day | null;
    /** From when on it is due; null: it is not asked for by itself. */
    due: Day | null;
    isDue: boolean;
  }[];
}

export type Condition =
  "adhd" | "anxiety" | "bipolar" | "depression" | "ocd" | "panic" | "ptsd" | "sleep";

/** What one filled questionnaire comes to. */
export interface Score {
  entry: EntryId;
  instrument: string;
  name: string;
  /** null where there is none: too many questions have no answer, or nothing here scores it. */
  total: number | null;
  /** The published name of its range. */
  band: string | null;
  /** The total in words, or why there is none. */
  sentence: string;
  /** What it can say and what it cannot, a sentence a line. */
  notes: string[];
  /** From when on it is due again. */
  due: Day | null;
}

/** How the columns of a CSV file become entries: `docs/csv-import.md` explains each part. */
export interface CsvMapping {
  /** Its name. The identifiers of its entries follow from it. */
  mapping: string;
  title?: string;
  source?: string;
  /** IANA zone of the clocks; without it, that of the diary. */
  zone?: string;
  delimiter?: "," | ";" | "\t";
  decimal?: "." | ",";
  /** Words that mean "no answer". */
  missing?: string[];
  date: { column: string; format?: CsvDateFormat };
  /** Columns with a time; the first that is not empty counts. */
  time?: string[];
  checkIns?: CsvCheckIns[];
  assessments?: CsvAssessment[];
  doses?: CsvDoses[];
}

export type CsvDateFormat =
  "YYYY-MM-DD" | "YYYY/MM/DD" | "DD-MM-YYYY" | "DD/MM/YYYY" | "DD.MM.YYYY" | "MM/DD/YYYY";

/** Columns that become one check-in for each row, or one for each day. */
export interface CsvCheckIns {
  each: "row" | "day";
  ratings?: ({ column: string } & ({ outcome: BuiltInOutcome } | Omit<OutcomeDefinition, "kind">))[];
  /** The column with hours slept. */
  sleepHours?: string;
  /** The column with a note. */
  note?: string;
}

/** A column with the total of an instrument: a known one, or one that is defined here. */
export type CsvAssessment =
  { column: string } & ({ instrument: string } | Omit<InstrumentDefinition, "kind">);

/** A column with the prescribed daily dose of a medicine. */
export interface CsvDoses {
  column: string;
  unit: Unit;
  medicine: Omit<Medicine, "kind">;
  since?: "before";
}

/** What an import found and took in. */
export interface ImportResult {
  /** Rows of a CSV file, records of a diary file. */
  rows: number;
  /** Rows in which everything that is read is empty. */
  emptyRows: number;
  /** Civil days with at least one row. */
  days: number;
  first: Day | null;
  last: Day | null;
  /** How many entries of each kind were new, and how many were there already. */
  entries: { kind: Kind; new: number; known: number }[];
  ignoredColumns: string[];
}

/** How a session of the core is started. */
export interface SessionOptions {
  subject?: string | null;
  locale?: string;
  zone?: string;
  dayStart?: ClockTime;
  audience?: Audience;
  now?: Moment;
  safety?: SafetySettings;
  help?: HelpSettings;
  /** Whether the portal's system gets a message, without detail, on the full crisis path. */
  tellsPortal?: boolean;
  reference?: ReferenceSettings;
  /** The parts that are offered; by default all that are not for clinicians only. */
  capabilities?: readonly Capability[];
}

/** What a portal sets of the reference tables. */
export interface ReferenceSettings {
  /** The least confidence of a row that is used; by default every row is, with its mark. */
  leastConfidence?: Confidence;
  /** The text of a pack of its own, read and checked as a whole. One a page: another one is refused. */
  pack?: string;
  /** Ids of rows that were taken back before. */
  revoked?: string[];
}

/** What a portal says of help. Nothing said: no one sees an answer, and no one is there. */
export interface HelpSettings {
  /** The country that the person is in, two capital letters of ISO 3166. */
  country?: string;
  /** Who of the portal can be called. */
  contacts?: HelpPerson[];
  /** Who looks at the answers, as the beginning of a sentence, and when, as its end: "Your care team",
   * "on weekdays from 9 to 5". */
  monitored?: { who: string; when: string };
  /** Who answers at once when a risk assessment is positive; without one none is offered. */
  responder?: HelpPerson;
}

/** Someone of the portal who can be called. */
export interface HelpPerson {
  name: string;
  phone: string;
  hours?: string;
}

/**
 * What a clinic sets of the safety rules: thresholds that no clinical source settles, and rules it
 * switches off by their id (not red flags, not the answers about self-harm).
 */
export interface SafetySettings {
  /** Blood pressure and pulse from which two days on a stimulant are told; 140, 90 and 100. */
  stimulantUpper?: number;
  stimulantLower?: number;
  stimulantPulse?: number;
  /** Days of near-daily use of a benzodiazepine or sleep medicine; 28, and 90 to say it more firmly. */
  sedativeDays?: number;
  sedativeLongDays?: number;
  /** Days without a dose in four weeks below which use still counts as near-daily; 12. */
  sedativeFreeDays?: number;
  /** Days of the last five with high mood, high energy and a short night that make a signal; 3. */
  maniaNights?: number;
  /** There: the rating of mood and of energy that counts as high, and hours below the usual night; 8 and 2. */
  maniaRating?: number;
  maniaShortBy?: number;
  /** Days by which an injection may be late; 3. */
  injectionGraceDays?: number;
  /**
   * Weeks of a trial, in OCD, and the share that counts as some improvement; 6, 12 and 0.2. Before them no
   * lack of improvement is told; within the first, questionnaires that look back two weeks fall due as often.
   */
  trialWeeks?: number;
  trialWeeksOcd?: number;
  earlyImprovement?: number;
  /** Days after a start that count as starting, of remission before a medicine counts as maintained, and
   * in which one fall of a dose and the next, or the stop, are one taper; 7, 21 and 56. */
  startingDays?: number;
  remissionDays?: number;
  taperDays?: number;
  /** Share of body weight gained; 0.05, and 0.07 to say it more firmly. */
  weightGain?: number;
  weightGainMore?: number;
  /** Share of the highest dose of eight weeks that the last one before a stop may be in a taper; 0.5. */
  taperShare?: number;
  /** Days in a row with doses missed after which a medicine counts as stopped at once; 2. */
  missedDays?: number;
  /** Days for which a pregnancy that was told counts; 294, which is 42 weeks. */
  pregnancyDays?: number;
  /** Days after which a check is told as due; 14. */
  monitoringGraceDays?: number;
  /** Days from one check-in to the next: in the weeks of a start, a trial or a taper 1, otherwise 7. */
  checkInDays?: number;
  checkInDaysLater?: number;
  /** Days before a visit in which the list of medicines falls due to be looked over; 3. */
  listDaysBeforeVisit?: number;
  /** Ids of rules that are switched off. It is said beside the flags. */
  off?: string[];
}

/** Someone an analysis is written for. */
export type Audience = "patient" | "clinician";
/** Analyses that a portal can leave out. */
export type Capability = "timeline" | "dose-response" | "adherence" | "treatment-response" | "item-strip" | "fair-trial"
  | "exposure" | "relapse-watch" | "association" | "lag" | "trial-design"
  | "side-effects" | "interactions" | "equivalents";
