import type { ComponentChild } from "preact";
import type { Day, Draft, Entry, EntryId, Goal, RelapseSigns } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { Goals } from "./goals.js";
import { Signs } from "./signs.js";
import { goalsStyles } from "./styles.js";

/** A goal as it was last written. */
export type KeptGoal = Goal & { id: EntryId; day: Day };

/** The signs chosen last. */
export type KeptSigns = RelapseSigns & { id: EntryId; day: Day };

interface Data {
  goals: KeptGoal[];
  signs: KeptSigns | null;
}

/**
 * `<doseline-goals>`: what a person wants to get to and how far it has come, and the signs by which
 * they would notice a relapse, chosen while they are well.
 *
 * @fires doseline-entry - after something was kept
 */
export class DoselineGoals extends DoselineElement<Data> {
  constructor() {
    super(goalsStyles);
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [goals, signs] = await Promise.all([
      diary.entries({ kind: "goal" }), diary.entries({ kind: "relapse-signs" }),
    ]);
    return { goals: goals.filter(isGoal), signs: signs.filter(isSigns).at(-1) ?? null };
  }

  /** @internal */
  protected view({ goals, signs }: Data, diary: Diary): ComponentChild {
    const told = ({ id }: Entry): void => void this.dispatchEvent(new DoselineEntryEvent(id));
    const record = async (draft: Draft): Promise<void> => told(await diary.record(draft));
    const amend = async (id: EntryId, goal: Goal): Promise<void> => told(await diary.amend(id, goal));
    return (
      <div class="panel" part="panel">
        <Goals goals={goals} record={record} amend={amend} remove={(id) => diary.remove(id)} />
        <Signs kept={signs} record={record} />
      </div>
    );
  }
}

function isGoal(entry: Entry): entry is Entry & KeptGoal {
  return entry.kind === "goal";
}

function isSigns(entry: Entry): entry is Entry & KeptSigns {
  return entry.kind === "relapse-signs";
}
