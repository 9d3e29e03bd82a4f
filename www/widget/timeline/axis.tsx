/** The time axis that all lanes share, and its faint lines through them. */
import { utcDay, utcMonth, utcWeek, utcYear } from "d3-time";
import type { JSX } from "preact";
import { dayOfDate, type Formats } from "../chart/days.js";
import { fitting } from "../chart/lettering.js";
import type { Layout } from "./layout.js";
import { xOf } from "./paths.js";

/** What the axis needs to know of a picture. */
export type AxisPlace = Pick<Layout, "left" | "right" | "small" | "window" | "x" | "foot">;

/** First days of the units that are marked: days, weeks, months or years, as many as have room. */
function marked(layout: AxisPlace): { days: number[]; unit: "day" | "month" | "year" } {
  const [from, to] = layout.x.domain() as [Date, Date];
  const room = Math.max(2, (layout.right - layout.left) / (layout.small * 4.5));
  const length = layout.window.to - layout.window.from;
  const numbers = (dates: Date[]) => dates.map(dayOfDate);
  const inUnits = (days: number) => Math.max(1, Math.ceil(length / days / room));
  if (length <= room) return { days: numbers(utcDay.range(from, to)), unit: "day" };
  if (length / 7 <= room) return { days: numbers(utcWeek.range(from, to)), unit: "day" };
  const step = [1, 2, 3, 6].find((months) => inUnits(30.44) <= months);
  if (step !== undefined) {
    const every = utcMonth.filter((date) => date.getUTCMonth() % step === 0);
    return { days: numbers(every.range(from, to)), unit: "month" };
  }
  const years = inUnits(365.25);
  const every = utcYear.filter((date) => date.getUTCFullYear() % years === 0);
  return { days: numbers(every.range(from, to)), unit: "year" };
}

export function Grid({ layout }: { layout: Layout }): JSX.Element {
  const top = layout.outcomes[0]?.top ?? 0;
  const vertical = marked(layout).days.map(
    (day) => `M${Math.round(xOf(layout, day)) + 0.5} ${top}V${layout.foot}`,
  );
  const level = layout.outcomes.flatMap((row) =>
    row.ticks.map((tick) => `M${layout.left} ${Math.round(row.y(tick)) + 0.5}H${layout.right}`),
  );
  return <path class="grid" d={[...vertical, ...level].join("")} />;
}

export function Axis({ layout, formats }: { layout: AxisPlace; formats: Formats }): JSX.Element {
  const { days, unit } = marked(layout);
  const january = (day: number) => formats.year(day) !== formats.year(day - 1);
  const word = (day: number) => {
    if (unit === "year") return formats.year(day);
    if (unit === "month") return january(day) ? formats.monthAndYear(day) : formats.month(day);
    return formats.shortDay(day);
  };
  const wanted = days.map((day) => ({
    x: xOf(layout, day) + 3,
    y: layout.foot + layout.small * 1.2,
    text: word(day),
  }));
  return (
    <>
      {fitting(wanted, layout.small, layout.right + layout.small).map((label) => (
        <text class="tick-day" x={label.x} y={label.y} key={label.x}>
          {label.text}
        </text>
      ))}
    </>
  );
}
