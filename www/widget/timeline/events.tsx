/** Two lanes between felt and taken: side effects as strips, and what happened as marks. */
import type { Mark } from "#types";
import type { JSX } from "preact";
import { labels } from "../chart/labels.js";
import { fitting, textWidth } from "../chart/lettering.js";
import { Heading } from "./heading.js";
import type { Layout } from "./layout.js";
import { block, stripPath, windowOf, xOf } from "./paths.js";

export function SideEffectLane({ layout, clip }: { layout: Layout; clip: string }): JSX.Element | null {
  const row = layout.sideEffects;
  if (!row) return null;
  const { narrow, small, left, right } = layout;
  return (
    <g class="lane side-effects">
      <Heading layout={layout} place={row} title={labels.sideEffects} lines={[labels.tallerIsStronger]} />
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
          <path class="strip" clip-path={`url(#${clip})`} d={stripPath(strip.spans, { top, bottom }, layout)} />
        </g>
      ))}
    </g>
  );
}

const KINDS: Mark["kind"][] = ["visit", "therapy", "life-event", "assessment", "span"];

/** The mark of a kind of event, around a point. */
function glyph(kind: Mark["kind"], x: number, y: number, size: number): string {
  const half = size / 2;
  switch (kind) {
    case "visit":
      return `M${x - half} ${y - half}h${size}l${-half} ${size}Z`;
    case "therapy":
      return `M${x - half} ${y - half}h${size}v${size}h${-size}Z`;
    case "life-event":
      return `M${x} ${y - half * 1.2}l${half * 1.2} ${half * 1.2}l${-half * 1.2} ${half * 1.2}l${-half * 1.2} ${-half * 1.2}Z`;
    case "assessment":
      return `M${x - half} ${y}a${half} ${half} 0 1 0 ${size} 0a${half} ${half} 0 1 0 ${-size} 0`;
    case "span":
      return `M${x - half} ${y - half / 2}h${size * 2}v${half}h${-size * 2}Z`;
  }
}

export function EventLane({ layout }: { layout: Layout }): JSX.Element | null {
  const row = layout.events;
  if (!row) return null;
  const { small, right } = layout;
  const size = small * 0.7;
  const y = row.bottom - small * 0.8;
  const [from, to] = windowOf(layout);
  const shown = row.marks.filter((mark) => Math.floor(mark.to) >= from && mark.from < to);
  const kinds = KINDS.filter((kind) => row.marks.some((mark) => mark.kind === kind));
  const place = (mark: Mark) => Math.max(layout.left + size / 2, xOf(layout, Math.floor(mark.from) + 0.5));
  const words = shown.map((mark) => ({
    x: (mark.kind === "span" ? Math.max(layout.left, Math.min(xOf(layout, mark.to + 1), right)) : place(mark) + size / 2) + 4,
    y: y + small * 0.35,
    text: mark.label,
  }));
  // A word may not lie on the next mark.
  const clear = words.filter((word) => {
    const end = word.x + textWidth(word.text, small);
    return !shown.some((other) => {
      const x = place(other);
      return x > word.x - 2 && x - size < end;
    });
  });
  return (
    <g class="lane events">
      <Heading layout={layout} place={row} title={labels.events} lines={layout.narrow ? [" "] : []}>
        {!layout.narrow && <Key kinds={kinds} small={small} size={size} room={layout.left - small * 2} />}
      </Heading>
      {layout.narrow && (
        <g transform={`translate(0 ${row.titleTop + small * 2.35})`}>
          <Key kinds={kinds} small={small} size={size} room={right} />
        </g>
      )}
      <path class="strip-ground" d={`M${layout.left} ${row.bottom + 0.5}H${right}`} />
      {kinds.map((kind) => (
        <path
          class={`mark ${kind}`}
          key={kind}
          d={shown
            .filter((mark) => mark.kind === kind)
            .map((mark) =>
              kind === "span"
                ? block(layout, Math.floor(mark.from), mark.to + 1, y - size / 4, y + size / 4, 3)
                : glyph(kind, Math.round(place(mark)), y, size),
            )
            .join("")}
        />
      ))}
      {fitting(clear, small, right).map((word) => (
        <text class="quiet" x={word.x} y={word.y} key={word.x}>
          {word.text}
        </text>
      ))}
    </g>
  );
}

/** Each mark beside its name, in as many lines as it takes. */
function Key(props: { kinds: Mark["kind"][]; small: number; size: number; room: number }): JSX.Element {
  const { kinds, small, size, room } = props;
  let x = 0;
  let line = 0;
  return (
    <>
      {kinds.map((kind) => {
        const lead = kind === "span" ? size * 2.4 : size * 1.6;
        const width = lead + textWidth(labels.mark[kind], small) + small * 0.8;
        if (x > 0 && x + width > room) {
          x = 0;
          line += 1;
        }
        const at = x;
        x += width;
        const y = line * small * 1.35;
        return (
          <g key={kind}>
            <path class={`mark ${kind}`} d={glyph(kind, at + size / 2, y - small * 0.35, size)} />
            <text class="quiet" x={at + lead} y={y}>
              {labels.mark[kind]}
            </text>
          </g>
        );
      })}
    </>
  );
}
