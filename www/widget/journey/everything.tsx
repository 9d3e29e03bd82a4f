import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Day, EntryId, MedicineView } from "#types";
import type { Actions } from "../medicines/actions.js";
import { AddMedicine } from "../medicines/add.js";
import { RecordChange } from "../medicines/change.js";
import { useSaving } from "../saving.js";

interface Props {
  sentence: string;
  listed: readonly MedicineView[];
  today: Day;
  actions: Actions;
  onConfirmed(): void;
}

/** "Is this everything?": the list, put right where it is not, and confirmed with one tap. */
export function Everything({ sentence, listed, today, actions, onConfirmed }: Props): JSX.Element {
  const { save, busy, problem } = useSaving();
  /** What is being put right: something missing, or a medicine that is no longer taken. */
  const [open, setOpen] = useState<"missing" | EntryId | null>(null);
  const [said, setSaid] = useState(false);
  const lead = useRef<HTMLParagraphElement>(null);
  const close = (kept: boolean): void => {
    setOpen(null);
    setSaid(kept);
    lead.current?.focus();
  };
  const form = { today, actions, onKept: () => close(true), onCancel: () => close(false) };
  const confirm = async (): Promise<void> => {
    const medicines = listed.map(({ medicine }) => medicine);
    if (!(await save(() => actions.record({ kind: "reconciliation", medicines })))) return;
    onConfirmed();
  };
  return (
    <section class="screen-only">
      <p class="finding" tabIndex={-1} ref={lead}>{sentence}</p>
      <p role="status" class="muted">{said && "Saved. Is the list right now?"}</p>
      <ul class="listed">
        {listed.map((medicine) => (
          <li key={medicine.medicine} class="row">
            <div>
              <strong>{medicine.name}</strong> <span class="muted">{medicine.prescribed}</span>
            </div>
            {open === medicine.medicine ? (
              <RecordChange medicine={medicine} others={[]} only="stop" {...form} />
            ) : (
              <button class="button" onClick={() => setOpen(medicine.medicine)}>
                I no longer take this<span class="visually-hidden">: {medicine.name}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {open === "missing" ? <AddMedicine {...form} /> : (
        <div class="choices">
          <button class="button" onClick={() => setOpen("missing")}>Something is missing</button>
          <button class="button strong" aria-disabled={busy} onClick={() => void confirm()}>Yes, this is everything</button>
        </div>
      )}
      <p class="muted">Drugs from a shop and herbs count too.</p>
      {problem && <p class="error" role="alert">{problem.sentence}</p>}
    </section>
  );
}
