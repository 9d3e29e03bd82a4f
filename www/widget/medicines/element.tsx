import type { ComponentChild, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Conflict, Day, MedicineView, Today } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { type Actions, actionsOf } from "./actions.js";
import { AddMedicine } from "./add.js";
import { Conflicts } from "./conflicts.js";
import { MedicineList } from "./list.js";
import { medicinesStyles } from "./styles.js";
import { TodaysDoses } from "./today.js";

/** Which part is shown: today's doses, the medicines with their changes, or both. */
type Show = "doses" | "medicines" | "both";

interface Data {
  show: Show;
  today: Today;
  medicines: MedicineView[];
  conflicts: Conflict[];
}

/**
 * `<doseline-medicines>`: today's doses, the medicines, and every change of them.
 *
 * @attr show - `doses` or `medicines` for one part alone; otherwise both
 * @fires doseline-entry - after something was kept
 */
export class DoselineMedicines extends DoselineElement<Data> {
  static override observedAttributes = [...DoselineElement.observedAttributes, "show"];

  constructor() {
    super(medicinesStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [today, medicines, conflicts] = await Promise.all([
      diary.today(), diary.medicines(), diary.conflicts(),
    ]);
    const wanted = this.getAttribute("show");
    const show = wanted === "doses" || wanted === "medicines" ? wanted : "both";
    return { show, today, medicines, conflicts };
  }

  /** @internal */
  protected view(data: Data, diary: Diary): ComponentChild {
    const actions = actionsOf(diary, (id) => void this.dispatchEvent(new DoselineEntryEvent(id)));
    const dayFormat = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
    return (
      <MedicinesView
        {...data}
        actions={actions}
        format={(day) => dayFormat.format(Date.parse(day))}
      />
    );
  }
}

interface Props extends Data {
  actions: Actions;
  format(day: Day): string;
}

function MedicinesView({ show, today, medicines, conflicts, actions, format }: Props): JSX.Element {
  const [adding, setAdding] = useState(false);
  /** How many entries the last action made: what its Undo takes back. */
  const [made, setMade] = useState(0);
  const [takenBack, setTakenBack] = useState(false);
  const head = useRef<HTMLHeadingElement>(null);
  // A new diary begins with a medicine, and that stands first.
  const adds = show !== "doses" || medicines.length === 0;
  const told = (entries: number): void => {
    setMade(entries);
    setTakenBack(false);
    head.current?.focus();
  };
  const takeBack = async (): Promise<void> => {
    for (let entry = 0; entry < made; entry += 1) await actions.undo();
    setMade(0);
    setTakenBack(true);
    head.current?.focus();
  };
  return (
    <div class="panel" part="panel">
      <h2 tabIndex={-1} ref={head}>{show === "doses" ? "Doses" : "Medicines"}</h2>
      <div role="status" class="result screen-only">
        {made > 0 && (
          <p class="finding saved">
            Saved. <button class="button" onClick={() => void takeBack()}>Undo</button>
          </p>
        )}
        {takenBack && <p class="finding">Taken back. Nothing of it is kept.</p>}
      </div>
      {show !== "medicines" && (
        <TodaysDoses today={today} medicines={medicines} actions={actions} onKept={() => told(1)} />
      )}
      {show !== "doses" && (
        <>
          <Conflicts conflicts={conflicts} medicines={medicines} format={format} actions={actions} />
          <MedicineList
            medicines={medicines} today={today.day} format={format} actions={actions} onKept={() => told(1)}
          />
        </>
      )}
      {adding && (
        <AddMedicine
          today={today.day} actions={actions}
          onKept={() => {
            setAdding(false);
            told(2);
          }}
          onCancel={() => {
            setAdding(false);
            head.current?.focus();
          }}
        />
      )}
      {!adding && adds && (
        <button class="button screen-only add" onClick={() => setAdding(true)}>Add a medicine</button>
      )}
    </div>
  );
}
