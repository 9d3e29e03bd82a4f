/**
 * Drawing in turns: the parts of a large picture are drawn one after the other, each in a task of
 * its own, so that neither a tap nor a key has to wait for all of them.
 */
import { options } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/**
 * How many of so many parts to draw by now. It begins with none and grows to all; what was once
 * drawn as a whole is drawn again at once. A page that is printed is given all parts before.
 */
export function useTurns(parts: number): number {
  const [drawn, setDrawn] = useState(0);
  const unfinished = drawn < parts;
  useLayoutEffect(() => {
    if (!unfinished) {
      if (drawn !== Number.POSITIVE_INFINITY) setDrawn(Number.POSITIVE_INFINITY);
      return undefined;
    }
    const next = setTimeout(() => setDrawn(drawn + 1));
    const all = () => atOnce(() => setDrawn(Number.POSITIVE_INFINITY));
    addEventListener("beforeprint", all);
    return () => {
      clearTimeout(next);
      removeEventListener("beforeprint", all);
    };
  }, [drawn, unfinished]);
  return Math.min(drawn, parts);
}

/** Draws a change of state now instead of soon. */
function atOnce(change: () => void): void {
  const before = options.debounceRendering;
  options.debounceRendering = (draw) => draw();
  change();
  if (before) options.debounceRendering = before;
  else delete options.debounceRendering;
}
