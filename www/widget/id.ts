import { useState } from "preact/hooks";

let given = 0;

/**
 * An id that nothing else of the page has. Preact's own begins anew whenever an element is drawn again,
 * so that a label of a part that came later would name the input of another one.
 */
export function useId(): string {
  const [id] = useState(() => `doseline-${(given += 1)}`);
  return id;
}
