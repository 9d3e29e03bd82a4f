import type { ComponentChild } from "preact";
import type { InstrumentView, Questionnaires } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { questionnaireStyles } from "./styles.js";
import { QuestionnairesView } from "./view.js";

interface Data {
  instruments: InstrumentView[];
  all: Questionnaires;
}

/**
 * `<doseline-questionnaire>`: what is due, what is suggested for a condition, and one question at a
 * time. Every question can be skipped; earlier fillings are not shown while answering. Answers not yet
 * saved are kept while the page is open.
 *
 * @attr instrument - one questionnaire alone, opened at once
 * @fires doseline-entry - after a questionnaire was kept, taken back or brought again
 */
export class DoselineQuestionnaire extends DoselineElement<Data> {
  static override observedAttributes = [...DoselineElement.observedAttributes, "instrument"];

  #whoSees = "No one sees this but you.";

  constructor() {
    super(questionnaireStyles);
  }

  /** Who will see the answers, said before an item whose answer matters by itself (PHQ-9 item 9). */
  get whoSees(): string {
    return this.#whoSees;
  }

  set whoSees(sentence: string) {
    this.#whoSees = sentence;
    this.redraw();
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [instruments, all] = await Promise.all([diary.instruments(), diary.questionnaires()]);
    return { instruments, all };
  }

  /** @internal */
  protected view({ instruments, all }: Data, diary: Diary): ComponentChild {
    const only = this.getAttribute("instrument");
    const tell = (id: string | null): void => void (id && this.dispatchEvent(new DoselineEntryEvent(id)));
    const dayFormat = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
    return (
      <QuestionnairesView
        key={only}
        diary={diary}
        only={only}
        instruments={instruments}
        all={all}
        whoSees={this.#whoSees}
        record={async (draft) => {
          const { id } = await diary.record(draft);
          tell(id);
          return diary.score(id);
        }}
        undo={async () => tell(await diary.undo())}
        format={(day) => dayFormat.format(Date.parse(day))}
      />
    );
  }
}
