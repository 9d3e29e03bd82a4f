import type { JSX } from "preact";

const DIALOG = "help";

function dialog(): HTMLDialogElement | null {
  return document.querySelector(`dialog#${DIALOG}`);
}

/** “Need help now”, in the header of every screen. */
export function NeedHelp(): JSX.Element {
  return <button class="help" onClick={() => dialog()?.showModal()}>Need help now</button>;
}

/**
 * What “Need help now” opens. It stands beside the screens, so that it stays open while one of them
 * is still being made ready. It sends nothing by itself.
 */
export function HelpDialog(): JSX.Element {
  return (
    <dialog id={DIALOG} class="dialog" aria-labelledby="help-title">
      <h2 id="help-title" tabIndex={-1} autofocus>Need help now</h2>
      <p>You do not have to be alone with this. People are there to talk, free, day and night.</p>
      <dl>
        <dt>In immediate danger</dt>
        <dd>
          Call your local emergency number. In the US and Canada: <a href="tel:911">911</a>.
        </dd>
        <dt>US and Canada</dt>
        <dd>
          <a href="tel:988">Call 988</a> or <a href="sms:988">text 988</a>, any time.
        </dd>
        <dt>Elsewhere</dt>
        <dd>
          <a href="https://findahelpline.com" target="_blank" rel="noopener noreferrer">findahelpline.com</a>{" "}
          lists helplines by country.
        </dd>
      </dl>
      <p class="note">This page is not watched by anyone.</p>
      <button class="button strong wide" onClick={() => dialog()?.close()}>Close</button>
    </dialog>
  );
}
