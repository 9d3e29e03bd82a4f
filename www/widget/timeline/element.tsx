/** `<doseline-timeline>`: symptoms over doses, one time axis, in words, as picture and as table. */
import type { Finding, Outcome, Timeline } from "#types";
import type { ComponentChild } from "preact";
import type { Diary } from "../../api/index.js";
import chartStyles from "../chart/chart.css";
import { printAlone } from "../chart/print.js";
import { DoselineElement } from "../element.js";
import { offered } from "../offered.js";
import { styles } from "../theme.js";
import { usualLanes } from "./picker.js";
import { TimelineView } from "./view.js";

interface TimelineData {
  timeline: Timeline;
  /** What was recorded of each medicine's doses; none where that analysis is left out. */
  taken: Finding[];
  outcomes: Outcome[];
}

/** Under this name the choice of lanes is kept. */
const PREFERENCE = "timeline-outcomes";

let sheet: CSSStyleSheet | undefined;

/**
 * @attr outcomes - names of the outcomes to show, with spaces between; without it the reader's
 *   choice, or the assessment and the daily rating with most values
 * @attr from, to - first and last day to ask the diary for, `2026-03-12`
 * @csspart panel, finding, chart, drawing, note, table, button
 */
export class DoselineTimeline extends DoselineElement<TimelineData> {
  static override observedAttributes = [
    ...DoselineElement.observedAttributes,
    "outcomes",
    "from",
    "to",
  ];

  constructor() {
    super((sheet ??= styles(chartStyles)));
  }

  /** @internal */
  protected override async load(diary: Diary): Promise<TimelineData> {
    const outcomes = (await diary.outcomes()).filter((outcome) => outcome.count > 0);
    const known = (names: string[]) =>
      names.filter((name) => outcomes.some((outcome) => outcome.outcome === name));
    const named = known((this.getAttribute("outcomes") ?? "").split(/\s+/));
    const chosen = known((diary.preferences.get(PREFERENCE) ?? "").split(" "));
    const shown = [named, chosen, usualLanes(outcomes)].find((names) => names.length > 0) ?? [];
    const from = dayAttribute(this, "from");
    const to = dayAttribute(this, "to");
    const timeline = await diary.timeline({
      outcomes: shown,
      ...(from && { from }),
      ...(to && { to }),
    });
    const taken = await Promise.all(
      timeline.doses.map(({ medicine }) =>
        offered(diary.adherence({ medicine, from: timeline.from, to: timeline.to })),
      ),
    );
    // Where no dose was due, or nothing was recorded of any, there is nothing to put in words.
    const told = taken.flatMap((one) => (one && one.noEntry < one.due ? [one.finding] : []));
    return { timeline, taken: told, outcomes };
  }

  /** @internal */
  protected override view(
    { timeline, taken, outcomes }: TimelineData,
    diary: Diary,
  ): ComponentChild {
    const fixed = this.hasAttribute("outcomes");
    return (
      <TimelineView
        timeline={timeline}
        taken={taken}
        outcomes={outcomes}
        locale={diary.locale}
        onPrint={() => printAlone(this)}
        {...(!fixed && {
          onShow: (names: string[]) => {
            diary.preferences.set(PREFERENCE, names.join(" "));
            void this.refresh();
          },
        })}
      />
    );
  }
}

function dayAttribute(element: HTMLElement, name: string): string | null {
  const value = element.getAttribute(name);
  return value && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;
}
