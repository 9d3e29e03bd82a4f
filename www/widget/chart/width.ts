/**
 * The room a chart has. A chart is drawn in CSS pixels for the width its container really has, so
 * that its text keeps its size on a phone, in a narrow column and at 200 % zoom.
 */
import { useCallback, useRef, useState } from "preact/hooks";
import type { RefCallback } from "preact";

/** Width of a container, and the size of its text, both in CSS pixels. */
export interface Room {
  width: number;
  text: number;
}

/** Below this width lane titles move from the gutter to above their lane. */
export const NARROW = 600;

/**
 * Measures the element that is given the reference, whenever there is one, and follows its size; null
 * before the first measurement. What stands around the element is laid out and shown first, and the
 * chart is drawn in a task of its own: with years of days both together would hold the page up.
 */
export function useRoom<E extends HTMLElement>(): [RefCallback<E>, Room | null] {
  const [room, setRoom] = useState<Room | null>(null);
  const stop = useRef<(() => void) | null>(null);
  const follow = useCallback((element: E | null): void => {
    stop.current?.();
    stop.current = element && followed(element, setRoom);
  }, []);
  return [follow, room];
}

/** Tells the room of an element now and after each change; returns how to stop. */
function followed(element: HTMLElement, tell: (change: (before: Room | null) => Room) => void): () => void {
  const measure = () => {
    const width = Math.floor(element.clientWidth);
    const text = Number.parseFloat(getComputedStyle(element).fontSize) || 16;
    if (width > 0) {
      tell((before) => (before?.width === width && before.text === text ? before : { width, text }));
    }
  };
  let soon: ReturnType<typeof setTimeout> | undefined;
  const observer = new ResizeObserver(() => {
    clearTimeout(soon);
    soon = setTimeout(measure);
  });
  observer.observe(element);
  return () => {
    clearTimeout(soon);
    observer.disconnect();
  };
}
