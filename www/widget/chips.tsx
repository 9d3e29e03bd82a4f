import type { ComponentProps, JSX } from "preact";
import { useState } from "preact/hooks";

/** Words to tick, and the person's own beside them, which Enter or a button adds. */
export interface Chips {
  /** The words that are offered, as buttons that stay pressed. */
  chips(offered: readonly string[]): JSX.Element[];
  /** What the input of one's own word takes. */
  input: ComponentProps<"input">;
  /** What the button beside it takes. */
  button: ComponentProps<"button">;
}

export function useChips(chosen: readonly string[], onChange: (words: readonly string[]) => void): Chips {
  const [own, setOwn] = useState("");
  const word = own.trim();
  const toggle = (other: string): void =>
    onChange(chosen.includes(other) ? chosen.filter((one) => one !== other) : [...chosen, other]);
  const add = (): void => {
    setOwn("");
    if (word !== "" && !chosen.includes(word)) toggle(word);
  };
  return {
    chips: (offered) => [...new Set(offered)].map((one) => (
      <button key={one} type="button" class="chip" aria-pressed={chosen.includes(one)} onClick={() => toggle(one)}>
        {one}
      </button>
    )),
    input: {
      class: "input", maxLength: 200, value: own,
      onInput: ({ currentTarget: { value } }) => setOwn(value),
      onKeyDown: (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        add();
      },
    },
    button: { type: "button", class: "button", "aria-disabled": word === "", onClick: add },
  };
}
