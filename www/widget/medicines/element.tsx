import type { ComponentChild, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Conflict, Day, MedicineMatch, MedicineView, Today } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import type { Actions } from "./actions.js";
import { AddMedicine } from "./add.js";
import { Conflicts } from "./conflicts.js";
import { MedicineList } from "./list.js";
import { medicinesStyles } from "./styles.js";
import { TodaysDoses } from "./today.js";

interface Data {
  today: Today;
  medicines: MedicineView[];
  conflicts: Conflict[];
}

/**
 * `<doseline-medicines>`: today's doses, the medicines, and every change of them.
 *
 * @fires doseline-entry - after something was kept
 */
export class DoselineMedicines extends DoselineElement<Data> {
  constructor() {
    super(medicinesStyles);
  }

  protected async load(diary: Diary): Promise<Data> {
    const [today, medicines, conflicts] = await Promise.all([
      diary.today(), diary.medicines(), diary.conflicts(),
    ]);
    return { today, medicines, conflicts };
  }

  protected view(data: Data, diary: Diary): ComponentChild {
    const tell = (id: string): string => {
      this.dispatchEvent(new DoselineEntryEvent(id));
      return id;
    };
    const actions: Actions = {
      record: async (draft) => tell((await diary.record(draft)).id),
      amend: async (id, body) => void tell((await diary.amend(id, body)).id),
      undo: async () => {
        const id = await diary.undo();
        if (id) tell(id);
      },
    };
    const dayFormat = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
    return (
      <MedicinesView
        {...data}
        actions={actions}
        search={(text) => diary.searchMedicines(text)}
        format={(day) => dayFormat.format(Date.parse(day))}
      />
    );
  }
}

interface Props extends Data {
  actions: Actions;
  search(text: string): Promise<MedicineMatch[]>;
  format(day: Day): string;
}

function MedicinesView({ today, medicines, conflicts, actions, search, format }: Props): JSX.Element {
  const [adding, setAdding] = useState(false);
  const [changed, setChanged] = useState(false);
  const told: Actions = {
    ...actions,
    record: async (draft) => {
      const id = await actions.record(draft);
      setChanged(true);
      return id;
    },
  };
  return (
    <div class="panel" part="panel">
      <h2>Medicines</h2>
      <div role="status">
        {changed && (
          <p class="finding saved screen-only">
            Saved.{" "}
            <button class="button" onClick={() => void actions.undo().then(() => setChanged(false))}>Undo</button>
          </p>
        )}
      </div>
      <Conflicts conflicts={conflicts} medicines={medicines} format={format} actions={actions} />
      <TodaysDoses today={today} actions={told} />
      <MedicineList medicines={medicines} today={today.day} format={format} actions={told} />
      {adding ? (
        <AddMedicine today={today.day} actions={told} search={search} onDone={() => setAdding(false)} />
      ) : (
        <button class="button screen-only" onClick={() => setAdding(true)}>Add a medicine</button>
      )}
    </div>
  );
}
