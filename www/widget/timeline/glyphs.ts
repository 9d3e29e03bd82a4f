/** The shapes that tell kinds of event and what was taken apart without colour. */
import type { DayStatus, Mark } from "#types";

/** The mark of an event around a point. */
export function eventGlyph(kind: Mark["kind"], x: number, y: number, size: number): string {
  const half = size / 2;
  const tip = half * 1.2;
  switch (kind) {
    case "visit":
      return `M${x - half} ${y - half}h${size}l${-half} ${size}Z`;
    case "therapy":
      return `M${x - half} ${y - half}h${size}v${size}h${-size}Z`;
    case "life-event":
      return `M${x} ${y - tip}l${tip} ${tip}l${-tip} ${tip}l${-tip} ${-tip}Z`;
    case "goal":
      return `M${x - half} ${y + half}h${size}l${-half} ${-size}Z`;
    case "assessment":
      return `M${x - half} ${y}a${half} ${half} 0 1 0 ${size} 0a${half} ${half} 0 1 0 ${-size} 0`;
    case "span":
      return `M${x - half} ${y - half / 2}h${size * 2}v${half}h${-size * 2}Z`;
  }
}

/** How far a tick reaches over and under its line, as shares of its height; null without a tick. */
export const TICKS: Record<DayStatus, { over: number; under: number } | null> = {
  taken: { over: 1, under: 0 },
  partly: { over: 0.5, under: 0 },
  "as-needed": { over: 1, under: 0 },
  missed: { over: 0, under: 0.9 },
  "no-entry": { over: 0, under: 0 },
  "nothing-due": null,
};

/** The tick of one day as it stands in a heading, its line at `y`. */
export function tickGlyph(
  status: DayStatus,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  const tick = TICKS[status];
  if (!tick) return "";
  if (status === "no-entry") return `M${x} ${y}h${width}`;
  return `M${x} ${y - height * tick.over}h${width}v${height * (tick.over + tick.under)}h${-width}Z`;
}
