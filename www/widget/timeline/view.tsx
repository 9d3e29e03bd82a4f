/**
 * The timeline: symptoms over doses on one time axis. It opens with its finding and the doubt in
 * it, shows the drawing or the same days as a table, and ends with a sentence for each lane.
 *
 * The view keeps what the reader does with it (window, cursor, table); what there is to see comes
 * in whole from the engine and is not computed with here.
 */
import type { Finding, Outcome, Timeline } from "#types";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { dayNumber, formatsFor } from "../chart/days.js";
import { FindingNote } from "../chart/finding.js";
import { CardHeader, Pressed } from "../chart/header.js";
import { labels } from "../chart/labels.js";
import { useRoom } from "../chart/width.js";
import { useId } from "../id.js";
import { Chart } from "./chart.js";
import { Phases } from "./phases.js";
import { OutcomePicker } from "./picker.js";
import { TimelineTable, tableWindow } from "./table.js";
import { last, move, SHORTEST, type Window, zoom } from "./window.js";

export interface TimelineViewProps {
  timeline: Timeline;
  /** A sentence for each medicine: what was recorded of its doses. */
  taken: Finding[];
  /** Everything that could be shown; the lanes of `timeline` are what is. */
  outcomes: Outcome[];
  /** Language of dates and numbers, a BCP 47 tag. */
  locale: string;
  /** Asked for when other lanes shall be shown; without it there is no choice. */
  onShow?: (outcomes: string[]) => void;
  onPrint?: () => void;
}

export function TimelineView(props: TimelineViewProps): JSX.Element {
  const { timeline, taken, outcomes, locale, onShow, onPrint } = props;
  const formats = useMemo(() => formatsFor(locale), [locale]);
  const record = useMemo<Window>(
    () => ({ from: dayNumber(timeline.from), to: dayNumber(timeline.to) + 1 }),
    [timeline.from, timeline.to],
  );
  // Null follows the record as it grows.
  const [chosen, setChosen] = useState<Window | null>(null);
  const window = chosen ? move(chosen, 0, record) : record;
  const show = (next: Window) =>
    setChosen(next.from === record.from && next.to === record.to ? null : next);
  const [asTable, setAsTable] = useState(false);
  const [behind, setBehind] = useState<ReadonlySet<string>>(new Set());
  const [room, measured] = useRoom<HTMLDivElement>();
  const heading = useId();

  const length = window.to - window.from;
  // What "Earlier" and "Later" turn by: a table may show less than the window.
  const page = asTable ? tableWindow(window) : window;
  const turn = (by: 1 | -1) => show(move(page, by * (page.to - page.from), record));
  const whole = chosen === null;
  const shownDates = labels.dates(formats.shortDate(window.from), formats.shortDate(window.to - 1));
  const period = (text: string, days: number) => (
    <Pressed
      text={text}
      isOn={!whole && length === days}
      act={() => show(last(days, window, record))}
    />
  );
  const why = (ids: string[]) => (open: boolean) => setBehind(open ? new Set(ids) : new Set());

  const sentences = inWords(timeline, taken);

  const { lanes, doses, marks, sideEffects } = timeline;
  if (lanes.length + doses.length + marks.length + sideEffects.length === 0) {
    return (
      <section class="panel timeline" part="panel" aria-labelledby={heading}>
        <h2 id={heading}>{labels.timeline}</h2>
        <FindingNote finding={timeline.headline} />
      </section>
    );
  }
  return (
    <section class="panel timeline" part="panel" aria-labelledby={heading}>
      <CardHeader
        id={heading}
        title={labels.timeline}
        about={`${shownDates} · ${labels.days(length)}`}
        table={[asTable, setAsTable]}
        onPrint={onPrint}
      >
        <div class="choice" role="group" aria-label={labels.visibleDays}>
          {period(labels.fourWeeks, 28)}
          {period(labels.threeMonths, 91)}
          <Pressed text={labels.all} isOn={whole} act={() => show(record)} />
        </div>
      </CardHeader>
      <FindingNote finding={timeline.headline} onWhy={why(timeline.headline.entries)} />
      {onShow && outcomes.length > 1 && (
        <OutcomePicker
          outcomes={outcomes}
          shown={timeline.lanes.map((lane) => lane.outcome.outcome)}
          onShow={onShow}
        />
      )}
      <div class="room" ref={room}>
        {asTable ? (
          <TimelineTable timeline={timeline} window={window} formats={formats} />
        ) : (
          measured && (
            <Chart
              {...{ timeline, record, window, formats, behind }}
              room={measured}
              onWindow={show}
            />
          )
        )}
      </div>
      <div class="buttons screen-only" role="group" aria-label={labels.move}>
        <MoveButton text={labels.earlier} off={page.from <= record.from} act={() => turn(-1)} />
        <MoveButton text={labels.later} off={page.to >= record.to} act={() => turn(1)} />
        {!asTable && (
          <>
            <MoveButton
              text="−"
              name={labels.zoomOut}
              off={whole}
              act={() => show(zoom(window, 2, window.to, record))}
            />
            <MoveButton
              text="+"
              name={labels.zoomIn}
              off={length <= SHORTEST}
              act={() => show(zoom(window, 0.5, window.to, record))}
            />
          </>
        )}
      </div>
      {sentences.length > 0 && (
        <section class="in-words">
          <h3>{labels.inWords}</h3>
          {sentences.map((finding) => (
            <FindingNote
              plain
              finding={finding}
              onWhy={why(finding.entries)}
              key={finding.sentence}
            />
          ))}
        </section>
      )}
      {timeline.phases.length > 0 && <Phases timeline={timeline} formats={formats} />}
    </section>
  );
}

/** A button that stays where the focus is when there is nowhere further to go. */
function MoveButton(props: {
  text: string;
  /** What it does, where the text is a sign. */
  name?: string;
  off: boolean;
  act: () => void;
}): JSX.Element {
  const { text, name, off, act } = props;
  return (
    <button
      class="button"
      part="button"
      type="button"
      aria-label={name}
      aria-disabled={off}
      onClick={() => !off && act()}
    >
      {text}
    </button>
  );
}

/** A sentence for each lane and each change in it; the headline is not said twice. */
function inWords(timeline: Timeline, taken: Finding[]): Finding[] {
  const all = timeline.lanes.flatMap((lane) => [
    lane.trend,
    ...lane.changePoints.map((change) => change.finding),
  ]);
  return [...all, ...taken].filter((finding) => finding.sentence !== timeline.headline.sentence);
}
