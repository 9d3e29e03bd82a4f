import type { JSX } from "preact";

/** “Need help now”, in the header of every screen. */
export function NeedHelp(): JSX.Element {
  return <button class="help" onClick={() => document.querySelector("doseline-help")?.open()}>Need help now</button>;
}
