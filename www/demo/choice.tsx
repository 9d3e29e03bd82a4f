import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { NeedHelp } from "./help.js";
import { type Example, examples } from "./opening.js";

interface Props {
  /** Whether a diary is being opened. */
  busy: boolean;
  problem: string | null;
  onFile(file: File): void;
}

/** The first page: which diary to open. */
export function ChoicePage({ busy, problem, onFile }: Props): JSX.Element {
  const [listed, setListed] = useState<readonly Example[]>([]);
  useEffect(() => void examples().then(setListed), []);
  useEffect(() => {
    document.title = "Doseline";
  }, []);
  return (
    <div class="page">
      <header class="top">
        <h1>Doseline</h1>
        <NeedHelp />
      </header>
      <main class="choice">
        <p class="lead">
          A diary of medicines and how you are. It shows what happened at which dose, and says when it
          cannot tell. Nothing leaves this device.
        </p>
        <div role="status">{busy && <p class="muted">Opening…</p>}</div>
        {problem && <p class="error" role="alert">{problem}</p>}
        <section aria-labelledby="own">
          <h2 id="own">Your own</h2>
          <ul class="cards">
            <li>
              <a class="card" href="#own/today">
                <strong>Start your own</strong>
                <span>Kept in this browser only. No account.</span>
              </a>
            </li>
            <li>
              <label class="card">
                <strong>Open a file</strong>
                <span>A diary exported from Doseline (.json), or the published diary of a taper (.csv).</span>
                <input
                  class="visually-hidden" type="file" accept=".json,.csv,application/json,text/csv"
                  onChange={({ currentTarget }) => {
                    const file = currentTarget.files?.[0];
                    currentTarget.value = "";
                    if (file) onFile(file);
                  }}
                />
              </label>
            </li>
          </ul>
        </section>
        <section aria-labelledby="examples">
          <h2 id="examples">Look at an example</h2>
          <ul class="cards">
            {listed.map(({ file, title, about }, index) => (
              <li key={file}>
                <a class="card" href={`#example-${index + 1}/timeline`}>
                  <strong>{title}</strong>
                  <span>{about}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
        <p class="muted">
          Doseline informs a talk with your prescriber. It never tells anyone to change a dose.
        </p>
      </main>
    </div>
  );
}
