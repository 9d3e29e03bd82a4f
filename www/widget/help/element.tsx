import type { ComponentChild } from "preact";
import type { Contact, Help } from "#types";
import type { Diary } from "../../api/index.js";
import { DoselineElement, DoselineEntryEvent } from "../element.js";
import { type HelpActions, HelpContents } from "./dialog.js";
import type { PlanLines } from "./plan.js";
import { helpStyles } from "./styles.js";

/** What the core says of help without a diary: put in by the bundle, so that it is there before the core. */
declare const HELP_WITHOUT_DIARY: Help;

/** The preference that says which crisis the full path was opened for. */
const SEEN = "help-mark";

/** Whether the full path was opened for it in this browser. */
function wasSeen(diary: Diary, key: string | null): boolean {
  return diary.preferences.get(SEEN) === markOf(key);
}

function setSeen(diary: Diary, key: string | null): void {
  diary.preferences.set(SEEN, markOf(key));
}

/** The digest at the end of a key: it names nothing. */
function markOf(key: string | null): string {
  return key?.split(":").at(-1) ?? "";
}

/**
 * `<doseline-help>`: the button “Need help now” and what it opens, with or without a diary and a
 * network. After an answer that asks for it the dialog opens by itself, once and as soon as the page is seen, or a quiet card is shown in its
 * place. With `show="dialog"` there is no button, and the page calls `open()`; `country` (two capital
 * letters) leaves out the lines of other countries while no diary is open.
 *
 * @fires doseline-entry - after something was recorded
 * @csspart button - the button
 */
export class DoselineHelp extends DoselineElement<Help> {
  static override observedAttributes = [...DoselineElement.observedAttributes, "show", "country"];

  /** The diary that was looked at last, and the key of what it said of a crisis then. */
  #last: { diary: Diary; key: string | null } | null = null;
  /** A crisis whose full path was not opened yet. */
  #unseen: { diary: Diary; key: string | null } | null = null;
  /** Opens the full path, once, as soon as someone can see it. */
  readonly #openUnseen = (): void => {
    if (!this.#unseen || document.visibilityState !== "visible") return;
    setSeen(this.#unseen.diary, this.#unseen.key);
    this.#unseen = null;
    this.open();
  };
  /** Key of the quiet card that is shown. */
  #card: string | null = null;

  constructor() {
    super(helpStyles);
  }

  /** Opens the dialog. */
  open(): void {
    // What is to be drawn in this task comes first.
    queueMicrotask(() => {
      const dialog = this.shadowRoot?.querySelector("dialog");
      if (dialog && !dialog.open) dialog.showModal();
    });
  }

  /** @internal */
  protected async load(diary: Diary): Promise<Help> {
    const help = await diary.help();
    const key = help.crisis?.key ?? null;
    const isFull = help.crisis?.severity === "urgent-help";
    // A quiet card is for what is new; the full path is for what was not answered with it before.
    const isNews = this.#last?.diary === diary && this.#last.key !== key;
    this.#last = { diary, key };
    if (isNews) this.#card = isFull ? null : key;
    // Every diary has a mark, so that having one tells nothing.
    if (!isFull && diary.preferences.get(SEEN) === null) setSeen(diary, `:${crypto.getRandomValues(new Uint32Array(2)).join("")}`);
    this.#unseen = isFull && !wasSeen(diary, key) ? { diary, key } : null;
    this.#openUnseen();
    return help;
  }

  /** @internal */
  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#openUnseen);
  }

  /** @internal */
  override disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.#openUnseen);
    super.disconnectedCallback();
  }

  /** @internal */
  protected view(help: Help, diary: Diary): ComponentChild {
    return this.#drawn(help, this.#actions(diary));
  }

  /** @internal */
  protected override meanwhile(): ComponentChild {
    const country = this.getAttribute("country");
    const serves = ({ countries }: Help["contacts"][number]): boolean =>
      country === null || countries.length === 0 || countries.includes(country);
    const contacts = HELP_WITHOUT_DIARY.contacts.filter(serves);
    return this.#drawn({ ...HELP_WITHOUT_DIARY, contacts }, null);
  }

  #drawn(help: Help, actions: HelpActions | null): ComponentChild {
    const dialog = (): HTMLDialogElement | null | undefined => this.shadowRoot?.querySelector("dialog");
    const { crisis } = help;
    return (
      <div part="panel">
        {this.getAttribute("show") !== "dialog" && (
          <button class="help" part="button" onClick={() => this.open()}>Need help now</button>
        )}
        <div role="status">
          {crisis && crisis.key === this.#card && (
            <div class="card">
              <p>{crisis.sentence}</p>
              <div class="buttons">
                <button class="button" onClick={() => this.open()}>Open help</button>
                <button class="button" onClick={() => this.#put(null)}>Not now</button>
              </div>
            </div>
          )}
        </div>
        <dialog aria-labelledby="help-title">
          <HelpContents help={help} actions={actions} close={() => dialog()?.close()} />
        </dialog>
      </div>
    );
  }

  #put(card: string | null): void {
    this.#card = card;
    this.redraw();
  }

  #actions(diary: Diary): HelpActions {
    const told = (id: string): void => void this.dispatchEvent(new DoselineEntryEvent(id));
    const day = new Intl.DateTimeFormat(diary.locale, { dateStyle: "long", timeZone: "UTC" });
    return {
      savePlan: async (lines: PlanLines) => {
        const { plan } = await diary.help();
        const entry = plan.entry
          ? await diary.amend(plan.entry, lines)
          : await diary.record({ kind: "safety-plan", ...lines });
        told(entry.id);
      },
      saveContact: async (contact: Omit<Contact, "kind">, entry: string | null) => {
        const kept = entry ? await diary.amend(entry, contact) : await diary.record({ kind: "contact", ...contact });
        told(kept.id);
      },
      removeContact: async (entry) => {
        await diary.remove(entry);
        told(entry);
      },
      noteHelped: async (note) => {
        const { id } = await diary.record({ kind: "check-in", tags: ["helped"], note });
        told(id);
      },
      readsNotes: () => diary.preferences.get("read-notes") === "yes",
      setReadsNotes: (wanted) => {
        diary.preferences.set("read-notes", wanted ? "yes" : "no");
        void this.refresh();
      },
      formatDay: (text) => day.format(new Date(text)),
    };
  }
}
