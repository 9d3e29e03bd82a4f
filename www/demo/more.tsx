import { type Audience, isDoselineError } from "doseline";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Equivalents } from "./equivalents.js";
import { exportDiary, forgetKeeping } from "./keeping.js";
import type { Opened } from "./opening.js";

interface Props {
  opened: Opened;
  onAudience(audience: Audience): Promise<void>;
}

/** Export, bring a copy back, erase, whom it is shown to, and the way to the other diaries. */
export function More({ opened, onAudience }: Props): JSX.Element {
  const { place, diary, audience } = opened;
  const isClinician = audience === "clinician";
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = useRef<HTMLDialogElement>(null);
  const attempt = async (action: () => Promise<string>): Promise<void> => {
    setSaid(null);
    setProblem(null);
    try {
      setSaid(await action());
    } catch (error) {
      setProblem(isDoselineError(error) ? error.message : "That did not work. Please try again.");
    }
  };
  const exported = async (): Promise<string> => {
    await exportDiary(diary);
    return "The copy was handed to your browser's downloads.";
  };
  const broughtBack = async (file: File): Promise<string> => {
    const { entries } = await diary.importFile(file);
    const added = entries.reduce((sum, { new: count }) => sum + count, 0);
    const known = entries.reduce((sum, entry) => sum + entry.known, 0);
    return `Entries added: ${added}. Here already: ${known}.`;
  };
  const erased = async (): Promise<string> => {
    confirm.current?.close();
    await diary.clear();
    forgetKeeping(diary);
    location.hash = "";
    return "Erased.";
  };
  return (
    <div class="more sheet">
      <div role="status">{said && <p class="note">{said}</p>}</div>
      {problem && <p class="error" role="alert">{problem}</p>}
      <section>
        <h2>Export</h2>
        <p>One file with everything in this diary. It is not locked: keep it where only you can read it.</p>
        <button class="button" onClick={() => void attempt(exported)}>Export (JSON)</button>
      </section>
      {place === "own" && (
        <>
          <section>
            <h2>Bring a copy back</h2>
            <p>Adds the entries of a file you exported from this diary.</p>
            <label class="button">
              Choose the file
              <input
                class="visually-hidden" type="file" accept=".json,application/json"
                onChange={({ currentTarget }) => {
                  const file = currentTarget.files?.[0];
                  currentTarget.value = "";
                  if (file) void attempt(() => broughtBack(file));
                }}
              />
            </label>
          </section>
          <section>
            <h2>Erase</h2>
            <p>Removes this diary from this browser for good.</p>
            <button class="button danger" onClick={() => confirm.current?.showModal()}>Erase this diary…</button>
          </section>
        </>
      )}
      <section>
        <h2>Clinician's view</h2>
        <p>
          The same diary as a prescriber reads it: with flags that were set aside, what began after a dose fell,
          how long a trial with planned switches would take, and tables of equivalents.
        </p>
        <button
          class={`button ${isClinician ? "strong" : ""}`} aria-pressed={isClinician}
          onClick={() => void onAudience(isClinician ? "patient" : "clinician")}
        >
          Clinician's view
        </button>
      </section>
      {isClinician && <Equivalents diary={diary} />}
      <section>
        <h2>Other diaries</h2>
        <a class="button" href="#">Back to the choice</a>
      </section>
      <dialog ref={confirm} class="dialog" aria-labelledby="erase-title">
        <h2 id="erase-title">Erase this diary?</h2>
        <p>All of it is removed from this browser. It cannot be brought back without a copy.</p>
        <div class="choices">
          <button class="button strong" autofocus onClick={() => confirm.current?.close()}>Keep it</button>
          <button class="button danger" onClick={() => void attempt(erased)}>Erase everything</button>
        </div>
      </dialog>
    </div>
  );
}
