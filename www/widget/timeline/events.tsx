/** Two lanes between felt and taken: side effects as strips, and what happened as marks. */
import type { Mark } from "#types";
import type { JSX } from "preact";
import { fitting, textWidth } from "../chart/lettering.js";
import { eventGlyph } from "./glyphs.js";
import { Heading } from "./heading.js";
import { EVENT_KINDS, type Layout } from "./layout.js";
import { block, stripPath, xOf } from "./paths.js";

export function SideEffectLane({
  layout,
  clip,
}: {
  layout: Layout;
  clip: string;
}): JSX.Element | null {
  const row = layout.sideEffects;
  if (!row) return null;
  const { narrow, small, left, right } = layout;
  return (
    <g class="lane side-effects">
      <Heading plan={row.heading} top={row.titleTop} />
      {row.strips.map(({ strip, titleTop, top, bottom }) => (
        <g key={strip.term}>
          {narrow ? (
            <text class="quiet" x={left} y={titleTop + small}>
              {strip.term}
            </text>
          ) : (
            <text class="tick" x={left - small * 0.5} y={bottom - small * 0.1}>
              {strip.term}
            </text>
          )}
          <path class="strip-ground" d={`M${left} ${bottom + 0.5}H${right}`} />
          <path
            class="strip"
            clip-path={`url(#${clip})`}
            d={stripPath(strip.spans, { top, bottom }, layout)}
          />
        </g>
      ))}
    </g>
  );
}

export function EventLane({ layout }: { layout: Layout }): JSX.Element | null {
  const row = layout.events;
  if (!row) return null;
  const { small, left, right } = layout;
  const size = small * 0.7;
  const y = row.top + small * 0.8;
  const { from, to } = layout.window;
  const shown = row.marks.filter((mark) => Math.floor(mark.to) >= from && mark.from < to);
  const place = (mark: Mark) => Math.max(left + size / 2, xOf(layout, Math.floor(mark.from) + 0.5));
  const end = (mark: Mark) =>
    mark.kind === "span" ? Math.min(xOf(layout, mark.to + 1), right) : place(mark) + size / 2;
  // A word may not lie on another mark.
  const words = shown
    .map((mark) => ({ x: Math.max(left, end(mark)) + 4, y: y + small * 0.35, text: mark.label }))
    .filter((word) => {
      const after = word.x + textWidth(word.text, small);
      return !shown.some(
        (other) => place(other) + size / 2 > word.x && place(other) - size < after,
      );
    });
  return (
    <g class="lane events">
      <Heading plan={row.heading} top={row.titleTop} />
      <path class="strip-ground" d={`M${left} ${row.top + small * 1.6}H${right}`} />
      {EVENT_KINDS.map((kind) => (
        <path
          class={`mark ${kind}`}
          key={kind}
          d={shown
            .filter((mark) => mark.kind === kind)
            .map((mark) =>
              kind === "span"
                ? block(layout, Math.floor(mark.from), mark.to + 1, y - size / 4, y + size / 4, 3)
                : eventGlyph(kind, Math.round(place(mark)), y, size),
            )
            .join("")}
        />
      ))}
      {fitting(words, small, right).map((word) => (
        <text class="quiet" x={word.x} y={word.y} key={word.x}>
          {word.text}
        </text>
      ))}
    </g>
  );
}
