/**
 * What every Doseline element has in common: a diary in, a view in an open shadow root out.
 *
 * The attributes are the state and are read when they are needed; objects come in as properties.
 * A change of either, or of the diary, leads to one load and one render.
 */
import { type ComponentChild, h, render } from "preact";
import { type Diary, isDoselineError, memoryStore, openDiary } from "../api/index.js";

/** Something was recorded, amended or removed through an element. Carries no health data. */
export class DoselineEntryEvent extends Event {
  constructor(readonly id: string) {
    super("doseline-entry", { bubbles: true, composed: true });
  }
}

type State<Data> =
  | { is: "waiting" }
  | { is: "loading" }
  | { is: "ready"; data: Data }
  | { is: "failed"; sentence: string };

/**
 * @cssproperty --doseline-ink, --doseline-paper, --doseline-accent … - see theme.ts
 * @csspart panel - the whole of the element
 */
export abstract class DoselineElement<Data> extends HTMLElement {
  static observedAttributes = ["src"];

  #diary: Diary | null = null;
  /** The diary opened from `src`, which this element closes again. */
  #own: Diary | null = null;
  #state: State<Data> = { is: "waiting" };
  #renderQueued = false;
  /** Counts loads, so that a slow one does not overwrite a later one. */
  #loads = 0;
  readonly #root: ShadowRoot;
  readonly #onChange = (): void => void this.refresh();

  constructor(sheet: CSSStyleSheet) {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheet];
  }

  /** Reads from the diary what the view needs. @internal */
  protected abstract load(diary: Diary): Promise<Data>;
  /** Draws what was loaded. @internal */
  protected abstract view(data: Data, diary: Diary): ComponentChild;

  /** Draws what there is to see while nothing is loaded; null: a line on how far it is. @internal */
  protected meanwhile(): ComponentChild {
    return null;
  }

  /** The diary that is shown. It stays its giver's: the element never closes it. */
  get diary(): Diary | null {
    return this.#diary;
  }

  set diary(diary: Diary | null) {
    if (diary === this.#diary) return;
    this.#listen(false);
    this.#diary = diary;
    if (this.isConnected) this.#listen(true);
    void this.refresh();
  }

  connectedCallback(): void {
    this.#adopt("diary");
    this.#listen(true);
    this.#draw();
    if (this.#diary) void this.refresh();
    else if (this.hasAttribute("src")) void this.#openSource();
  }

  disconnectedCallback(): void {
    this.#listen(false);
    this.#loads += 1;
    render(null, this.#root);
    const own = this.#own;
    if (own) {
      this.#own = null;
      this.#diary = null;
      void own.close();
    }
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === "src") void this.#openSource();
    else void this.refresh();
  }

  /** Loads and draws again. */
  async refresh(): Promise<void> {
    const diary = this.#diary;
    const load = (this.#loads += 1);
    if (!diary || !this.isConnected) return;
    if (this.#state.is !== "ready") this.#show({ is: "loading" });
    try {
      const data = await this.load(diary);
      if (load === this.#loads) this.#show({ is: "ready", data });
    } catch (error) {
      if (load === this.#loads) this.#show({ is: "failed", sentence: sentenceOf(error) });
    }
  }

  /** Draws again with the data there is, for a change of the view's own. */
  protected redraw(): void {
    this.#draw();
  }

  /** A property set before the class was defined hides the setter; it is moved behind it. */
  #adopt(name: "diary"): void {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete (this as Record<string, unknown>)[name];
    this[name] = value;
  }

  #listen(on: boolean): void {
    for (const event of ["change", "acknowledged"]) {
      if (on) this.#diary?.addEventListener(event, this.#onChange);
      else this.#diary?.removeEventListener(event, this.#onChange);
    }
  }

  async #openSource(): Promise<void> {
    const source = this.getAttribute("src");
    if (!source) return;
    this.#show({ is: "loading" });
    try {
      const response = await fetch(source);
      if (!response.ok) throw new Error(`${source}: ${response.status}`);
      const file = await response.text();
      const diary = await openDiary({ subject: null, store: memoryStore(), file });
      if (!this.isConnected || this.getAttribute("src") !== source) return await diary.close();
      const before = this.#own;
      this.#own = diary;
      this.diary = diary;
      await before?.close();
    } catch (error) {
      this.#show({ is: "failed", sentence: sentenceOf(error) });
    }
  }

  #show(state: State<Data>): void {
    this.#state = state;
    this.#draw();
  }

  #draw(): void {
    if (this.#renderQueued) return;
    this.#renderQueued = true;
    queueMicrotask(() => {
      this.#renderQueued = false;
      if (this.isConnected) render(this.#content(), this.#root);
    });
  }

  #content(): ComponentChild {
    const diary = this.#diary;
    const state = this.#state;
    if (state.is === "ready" && diary) return this.view(state.data, diary);
    const drawn = this.meanwhile();
    if (drawn) return drawn;
    const [role, text] =
      state.is === "failed"
        ? ["alert", state.sentence]
        : ["status", state.is === "loading" ? "Loading…" : ""];
    return h("p", { class: "panel muted", part: "panel", role }, text);
  }
}

function sentenceOf(error: unknown): string {
  if (isDoselineError(error)) return error.message;
  return "This could not be shown. Please reload the page.";
}
