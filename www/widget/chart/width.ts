/**
 * The room a chart has. A chart is drawn in CSS pixels for the width its container really has, so
 * that its text keeps its size on a phone, in a narrow column and at 200 % zoom.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** Width of a container, and the size of its text, both in CSS pixels. */
export interface Room {
  width: number;
  text: number;
}

/** Below this width lane titles move from the gutter to above their lane. */
export const NARROW = 600;

/**
 * Measures an element and follows its size; null before the first measurement. What stands around
 * the element is laid out and shown first, and the chart is drawn in a task of its own: with years
 * of days both together would hold the page up.
 */
export function useRoom<E extends HTMLElement>(): [RefObject<E | null>, Room | null] {
  const element = useRef<E>(null);
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return undefined;
    const measure = () => {
      const width = Math.floor(measured.clientWidth);
      const text = Number.parseFloat(getComputedStyle(measured).fontSize) || 16;
      if (width > 0) {
        setRoom((before) =>
          before?.width === width && before.text === text ? before : { width, text },
        );
      }
    };
    let soon: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(soon);
      soon = setTimeout(measure);
    });
    observer.observe(measured);
    return () => {
      clearTimeout(soon);
      observer.disconnect();
    };
  }, []);
  return [element, room];
}
