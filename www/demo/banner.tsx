import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { countEntry, entriesSinceExport, exportDiary, exportIsDue } from "./keeping.js";
import type { Opened } from "./opening.js";

/** Where this diary is kept, and whether it is time for a copy. */
export function Banner({ opened }: { opened: Opened }): JSX.Element {
  const { place, diary, title, kept, note, audience } = opened;
  const view = audience === "clinician" && "Clinician's view. ";
  const [, redraw] = useState(0);
  const [failed, setFailed] = useState(false);
  const [lost, setLost] = useState(opened.lost);
  useEffect(() => {
    if (!lost) return;
    // With an entry again, new or brought back, it is a diary like any other.
    const found = (): void => setLost(false);
    diary.addEventListener("change", found);
    return () => diary.removeEventListener("change", found);
  }, [diary, lost]);
  useEffect(() => {
    const count = (): void => {
      countEntry(diary);
      redraw((times) => times + 1);
    };
    if (place !== "own") return;
    document.addEventListener("doseline-entry", count);
    return () => document.removeEventListener("doseline-entry", count);
  }, [diary]);
  useEffect(() => {
    if (place !== "own" || kept) return;
    const warn = (event: Event): void => {
      if (entriesSinceExport(diary) > 0) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [diary]);

  if (place !== "own") {
    return (
      <p class="banner">
        <span><strong>{title}.</strong> {view}{place === "file" && "Opened from a file. "}Changes here are not kept. {note}</span>
      </p>
    );
  }
  if (lost) {
    return (
      <div class="banner strong" role="alert">
        <p>
          <strong>{title} is empty now.</strong> There were entries here before. Browsers clear what they
          keep when room runs short or after weeks without a visit. It is nothing you did. With an
          exported file you can bring them back; without one you can start again on any day.
        </p>
        <a class="button screen-only" href="#own/more">Open an exported file</a>
      </div>
    );
  }
  const isDue = exportIsDue(diary, Date.now());
  return (
    <div class={`banner ${kept ? "" : "strong"}`} role={kept ? undefined : "alert"}>
      <p>
        <strong>{title}.</strong> {view}
        {kept
          ? "Kept in this browser only."
          : "This browser keeps nothing for this page. When you close it, this diary is gone. Export it before."}
        {kept && isDue && " It is a good time to export a copy."}
      </p>
      {(isDue || !kept) && (
        <button
          class="button screen-only"
          onClick={() =>
            void exportDiary(diary).then(() => redraw((times) => times + 1), () => setFailed(true))}
        >
          Export a copy
        </button>
      )}
      {failed && <p class="error" role="alert">The copy could not be made. Please try again.</p>}
    </div>
  );
}
