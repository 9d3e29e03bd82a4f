/** What stands above a card: its title, what it is about, and its buttons. */
import type { ComponentChildren, JSX } from "preact";
import { labels } from "./labels.js";

/** The buttons of `children` come first. */
export function CardHeader(props: {
  /** Identifier of the title. */
  id: string;
  title: string;
  about?: ComponentChildren;
  /** Whether the table is shown, and what turns it round, where there is one beside the drawing. */
  table?: [isShown: boolean, show: (isShown: boolean) => void] | undefined;
  onPrint?: (() => void) | undefined;
  children?: ComponentChildren;
}): JSX.Element {
  const { id, title, about, table, onPrint, children } = props;
  return (
    <header>
      <div>
        <h2 id={id}>{title}</h2>
        {about && <p class="muted">{about}</p>}
      </div>
      {(children || table || onPrint) && (
        <div class="buttons screen-only">
          {children}
          {table && (
            <Pressed text={labels.table} isOn={table[0]} act={() => table[1](!table[0])} />
          )}
          {onPrint && (
            <button class="button" part="button" type="button" onClick={onPrint}>
              {labels.print}
            </button>
          )}
        </div>
      )}
    </header>
  );
}

/** A button that stays pressed. */
export function Pressed(props: { text: string; isOn: boolean; act: () => void }): JSX.Element {
  const { text, isOn, act } = props;
  return (
    <button class="button" part="button" type="button" aria-pressed={isOn} onClick={act}>
      {text}
    </button>
  );
}
