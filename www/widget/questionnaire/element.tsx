import type { ComponentChild } from "preact";
import type { InstrumentView, Questionnaires } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { questionnaireStyles } from "./styles.js";
import { QuestionnairesView } from "./view.js";

interface Data {
  instruments: InstrumentView[];
  all: Questionnaires;
  /** Who will see an answer about self-harm, as the portal declared it. */
  whoSees: string;
}

/**
 * `<doseline-questionnaire>`: what is due, what is suggested for a condition, and one question at a
 * time. Every question can be skipped; earlier fillings are not shown while answering. Answers not yet
 * saved are kept while the page is open; an answer that matters by itself (PHQ-9 item 9) is recorded at
 * once, with those before it.
 *
 * @attr instrument - one questionnaire alone, opened at once
 * @fires doseline-entry - after a questionnaire was kept, taken back or brought again
 */
export class DoselineQuestionnaire extends DoselineElement<Data> {
  static override observedAttributes = [...DoselineElement.observedAttributes, "instrument"];

  #whoSees: string | null = null;

  constructor() {
    super(questionnaireStyles);
  }

  /**
   * What is said before an item whose answer matters by itself (PHQ-9 item 9); null for the diary's own
   * sentence on who will see it.
   */
  get whoSees(): string | null {
    return this.#whoSees;
  }

  set whoSees(sentence: string | null) {
    this.#whoSees = sentence;
    this.redraw();
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Data> {
    const [instruments, all, { whoSees }] = await Promise.all([
      diary.instruments(), diary.questionnaires(), diary.help(),
    ]);
    return { instruments, all, whoSees };
  }

  /** @internal */
  protected view({ instruments, all, whoSees }: Data, diary: Diary): ComponentChild {
    const only = this.getAttribute("instrument");
    const tell = (id: string): void => void this.dispatchEvent(new DoselineEntryEvent(id));
    const dayFormat = new Intl.DateTimeFormat(diary.locale, { dateStyle: "medium", timeZone: "UTC" });
    return (
      <QuestionnairesView
        key={only}
        diary={diary}
        only={only}
        instruments={instruments}
        all={all}
        whoSees={this.#whoSees ?? whoSees}
        put={async (answers, entry) => {
          const { id } = entry ? await diary.amend(entry, answers) : await diary.record(answers);
          tell(id);
          return id;
        }}
        score={(entry) => diary.score(entry)}
        remove={async (entry) => {
          await diary.remove(entry);
          tell(entry);
        }}
        format={(day) => dayFormat.format(Date.parse(day))}
      />
    );
  }
}
