/**
 * What is remembered about keeping a diary safe: how many entries were made since it was last
 * exported, when that was, and whether there were any. Nothing of what is in it.
 */
import type { Diary } from "doseline";

const SINCE_EXPORT = "entries-since-export";
const EXPORTED = "exported";
const KEPT = "kept";
/** So many entries, or so many days, without an export deserve a word. */
const ENTRIES = 7;
const DAYS = 7;
const DAY = 86_400_000;
/** Letters of a file that are made ready in one go. */
const PIECE = 1_000_000;

/** Counts an entry; the first one asks the browser to keep this page's storage for good. */
export function countEntry({ preferences }: Diary): void {
  const before = entriesSinceExport({ preferences });
  preferences.set(SINCE_EXPORT, String(before + 1));
  preferences.set(KEPT, "yes");
  if (before === 0) void navigator.storage?.persist?.();
}

export function entriesSinceExport({ preferences }: Pick<Diary, "preferences">): number {
  return Number(preferences.get(SINCE_EXPORT) ?? 0);
}

/** Whether it is time to remind of an export. */
export function exportIsDue({ preferences }: Diary, now: number): boolean {
  const entries = entriesSinceExport({ preferences });
  const exported = Date.parse(preferences.get(EXPORTED) ?? "");
  return entries >= ENTRIES || (entries > 0 && now - exported >= DAYS * DAY);
}

/**
 * Whether the browser has let go of what it kept: the store is empty, and yet there were entries
 * that nobody erased. `records` is how many the store holds.
 */
export function isLost({ preferences }: Diary, records: number): boolean {
  if (records > 0) preferences.set(KEPT, "yes");
  const lost = records === 0 && preferences.get(KEPT) === "yes";
  // What was not exported cannot be any more.
  if (lost) preferences.set(SINCE_EXPORT, "0");
  return lost;
}

/** Starts counting again. */
export function forgetKeeping({ preferences }: Diary): void {
  preferences.set(KEPT, "");
  preferences.set(SINCE_EXPORT, "0");
  preferences.set(EXPORTED, "");
}

/** Hands the diary out as a file. */
export async function exportDiary(diary: Diary): Promise<void> {
  const [text, { day }] = await Promise.all([diary.export("json"), diary.today()]);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await fileOf(text));
  link.download = `doseline-${day}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  diary.preferences.set(SINCE_EXPORT, "0");
  diary.preferences.set(EXPORTED, new Date().toISOString());
}

/** A text as a file. A long one is made in pieces of whole lines, each in a task of its own. */
async function fileOf(text: string): Promise<Blob> {
  const pieces: Blob[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start + PIECE) + 1 || text.length;
    pieces.push(new Blob([text.slice(start, end)]));
    start = end;
    await new Promise((next) => setTimeout(next));
  }
  return new Blob(pieces, { type: "application/json" });
}
