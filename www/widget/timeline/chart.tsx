/**
 * The drawing with what a reader does on it: a cursor for pointer and keyboard, zoom with plus and
 * minus or Ctrl and the wheel. Nothing needs dragging. The one place that takes the focus is the
 * group around the picture; what the cursor finds is spoken by one polite live region.
 */
import type { Timeline } from "#types";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { dayOfDate, type Formats } from "../chart/days.js";
import { labels } from "../chart/labels.js";
import type { Room } from "../chart/width.js";
import { useId } from "../id.js";
import { TimelineDrawing } from "./drawing.js";
import { layOut } from "./layout.js";
import { type Cursor, CursorNote } from "./note.js";
import { lowerBound } from "./paths.js";
import { readDay, recordedDays, spoken } from "./reading.js";
import { move, showing, type Window, zoom } from "./window.js";

export function Chart(props: {
  timeline: Timeline;
  record: Window;
  window: Window;
  room: Room;
  formats: Formats;
  behind: ReadonlySet<string>;
  onWindow: (window: Window) => void;
}): JSX.Element {
  const { timeline, record, window, room, formats, behind, onWindow } = props;
  const id = useId();
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [said, setSaid] = useState("");
  const stopsOf = useMemo(() => {
    // Only who moves by keys needs them.
    let stops: number[] | undefined;
    return () => (stops ??= recordedDays(timeline));
  }, [timeline]);
  const layout = useMemo(
    () => layOut(timeline, window, room, formats),
    [timeline, window.from, window.to, room, formats],
  );
  const name = labels.chartOf(
    formats.list([
      ...timeline.lanes.map((lane) => lane.outcome.name),
      ...timeline.doses.map((lane) => lane.name),
    ]),
  );
  // The drawing does not change with the cursor, and is not even compared when that moves.
  const drawing = useMemo(
    () => (
      <TimelineDrawing
        {...{ timeline, layout, formats, behind, id }}
        name={`${name}. ${timeline.headline.sentence}`}
      />
    ),
    [timeline, layout, formats, behind],
  );
  const withYear = formats.year(record.from) !== formats.year(record.to - 1);
  const read = (day: number) => readDay(timeline, day, formats, withYear);

  const goTo = (day: number | undefined) => {
    if (day === undefined) return;
    onWindow(showing(window, day, record));
    setCursor({ day, pointer: null });
    setSaid(spoken(read(day)));
  };
  const zoomBy = (factor: number, around: number) => onWindow(zoom(window, factor, around, record));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = stopsOf();
    const here = cursor?.day;
    const at = here === undefined ? lowerBound(stops, window.to) : lowerBound(stops, here);
    const onStop = stops[at] === here;
    const nearest = (day: number) => stops[Math.min(lowerBound(stops, day), stops.length - 1)];
    const acts: Record<string, () => void> = {
      ArrowLeft: () => goTo(stops[Math.max(0, at - 1)]),
      ArrowRight: () =>
        goTo(stops[Math.min(stops.length - 1, here === undefined ? at : onStop ? at + 1 : at)]),
      PageUp: () => goTo(nearest((here ?? window.to) - 7)),
      PageDown: () => goTo(nearest((here ?? window.from) + 7)),
      Home: () => goTo(stops[0]),
      End: () => goTo(stops[stops.length - 1]),
      "+": () => zoomBy(0.5, here ?? window.to),
      "=": () => zoomBy(0.5, here ?? window.to),
      "-": () => zoomBy(2, here ?? window.to),
      Escape: () => setCursor(null),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const dayAt = (event: MouseEvent): number | null => {
    const drawn = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = event.clientX - drawn.left;
    if (x < layout.left || x > layout.right) return null;
    const day = Math.floor(dayOfDate(layout.x.invert(x)));
    return Math.min(Math.max(day, window.from), window.to - 1);
  };
  const onPointer = (event: PointerEvent) => {
    // Over the note the cursor stays where it is.
    if (event.target instanceof Element && event.target.closest(".note")) return;
    const day = dayAt(event);
    const top = (event.currentTarget as HTMLElement).getBoundingClientRect().top;
    setCursor(day === null ? null : { day, pointer: event.clientY - top });
  };
  const onWheel = (event: WheelEvent) => {
    const day = dayAt(event);
    if (!event.ctrlKey || day === null) {
      if (event.shiftKey) {
        event.preventDefault();
        onWindow(
          move(
            window,
            Math.sign(event.deltaY || event.deltaX) * Math.ceil((window.to - window.from) / 20),
            record,
          ),
        );
      }
      return;
    }
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 0.8 : 1.25, day);
  };

  const visible = cursor && cursor.day >= window.from && cursor.day < window.to;
  return (
    <div
      class="chart"
      part="chart"
      role="group"
      tabIndex={0}
      aria-roledescription={labels.chart}
      aria-label={name}
      aria-describedby={`${id}-keys`}
      onKeyDown={onKeyDown}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={(event) => event.pointerType !== "touch" && setCursor(null)}
      onBlur={() => setCursor(null)}
      onWheel={onWheel}
    >
      {drawing}
      {visible && (
        <CursorNote
          cursor={cursor}
          layout={layout}
          reading={read(cursor.day)}
          onClose={() => setCursor(null)}
        />
      )}
      <p class="visually-hidden" id={`${id}-keys`}>
        {labels.chartKeys}
      </p>
      <p class="visually-hidden" role="status">
        {said}
      </p>
    </div>
  );
}
