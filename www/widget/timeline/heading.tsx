/**
 * A lane's title with what belongs to it: its scale, and its marks each beside their word. Such
 * direct labels take the place of a legend. They stand in the gutter, on a phone above the lane.
 */
import type { DayStatus, Mark } from "#types";
import type { JSX } from "preact";
import { textWidth, wrap } from "../chart/lettering.js";
import { eventGlyph, tickGlyph } from "./glyphs.js";

/** A mark of the lane and its word. */
export type KeyMark = { event: Mark["kind"]; word: string } | { tick: DayStatus; word: string };

export interface HeadingWords {
  title: string;
  lines?: string[];
  marks?: KeyMark[];
}

/** A heading broken into lines, before anyone knows where it stands. */
export interface HeadingPlan {
  titleLines: string[];
  lines: string[];
  marks: { mark: KeyMark; x: number; row: number; lead: number }[];
  height: number;
  small: number;
  title: number;
}

/** Breaks a heading to a width. */
export function planHeading(
  words: HeadingWords,
  room: number,
  sizes: { small: number; title: number; narrow: boolean },
): HeadingPlan {
  const { small, title, narrow } = sizes;
  const titleLines = wrap(words.title, room, title * 1.08, narrow ? 1 : 2);
  const given = words.lines ?? [];
  const lines = narrow
    ? given.length > 0
      ? wrap(given.join(" · "), room, small, 2)
      : []
    : given.flatMap((line) => wrap(line, room, small, 3));
  const marks: HeadingPlan["marks"] = [];
  let x = 0;
  let row = 0;
  for (const mark of words.marks ?? []) {
    const lead =
      small * ("event" in mark && mark.event === "span" ? 1.9 : "event" in mark ? 1.15 : 0.75);
    const width = lead + textWidth(mark.word, small);
    if (x > 0 && x + width > room) {
      x = 0;
      row += 1;
    }
    marks.push({ mark, x, row, lead });
    x += width + small * 0.7;
  }
  const rows = lines.length + (marks.length > 0 ? row + 1 : 0);
  return {
    titleLines,
    lines,
    marks,
    small,
    title,
    height: titleLines.length * title * 1.25 + rows * small * 1.35,
  };
}

/** Draws a heading with its upper edge at `top`. */
export function Heading({ plan, top }: { plan: HeadingPlan; top: number }): JSX.Element {
  const { small, title } = plan;
  const baseline = (row: number) =>
    plan.titleLines.length * title * 1.25 + row * small * 1.35 + small;
  return (
    <g transform={`translate(0 ${top})`}>
      {plan.titleLines.map((line, row) => (
        <text class="title" y={row * title * 1.25 + title} font-size={title} key={row}>
          {line}
        </text>
      ))}
      {plan.lines.map((line, row) => (
        <text class="quiet" y={baseline(row)} key={row}>
          {line}
        </text>
      ))}
      {plan.marks.map(({ mark, x, row, lead }) => {
        const y = baseline(plan.lines.length + row);
        return (
          <g key={mark.word}>
            {"event" in mark ? (
              <path
                class={`mark ${mark.event}`}
                d={eventGlyph(mark.event, x + small * 0.4, y - small * 0.35, small * 0.7)}
              />
            ) : (
              <path
                class={`ticks ${mark.tick}`}
                d={tickGlyph(mark.tick, x, y - small * 0.3, small * 0.4, small * 0.55)}
              />
            )}
            <text class="quiet" x={x + lead} y={y}>
              {mark.word}
            </text>
          </g>
        );
      })}
    </g>
  );
}
