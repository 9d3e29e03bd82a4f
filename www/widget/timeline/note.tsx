/**
 * The cursor: a line at one day and a note of what was recorded on it. The note stays while the
 * pointer rests on it, and Escape takes it away.
 */
import type { JSX } from "preact";
import { labels } from "../chart/labels.js";
import type { Layout } from "./layout.js";
import { xOf } from "./paths.js";
import type { Reading } from "./reading.js";

export interface Cursor {
  day: number;
  /** Where the pointer is; null for the keyboard. */
  pointer: number | null;
}

const WIDTH = 256;

export function CursorNote(props: {
  cursor: Cursor;
  layout: Layout;
  reading: Reading;
  onClose: () => void;
}): JSX.Element {
  const { cursor, layout, reading, onClose } = props;
  const x = xOf(layout, cursor.day + 0.5);
  const width = Math.min(WIDTH, layout.width);
  const left = Math.min(Math.max(x - width / 2, 0), layout.width - width);
  // Under the pointer, so that moving straight down reaches it; above it in the lower half.
  const low = cursor.pointer !== null && cursor.pointer > layout.height * 0.6;
  const place: Record<string, string> =
    cursor.pointer === null
      ? { top: "0px" }
      : low
        ? { bottom: `${layout.height - cursor.pointer + 14}px` }
        : { top: `${cursor.pointer + 14}px` };
  return (
    <>
      <div class="cursor-line" style={{ left: `${x}px`, height: `${layout.foot}px` }} />
      <div class="note" part="note" style={{ left: `${left}px`, width: `${width}px`, ...place }}>
        <b>{reading.date}</b>
        <ul>
          {reading.lines.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
        <button
          class="note-close"
          type="button"
          tabIndex={-1}
          aria-label={labels.close}
          onClick={onClose}
        >
          ×
        </button>
      </div>
    </>
  );
}
