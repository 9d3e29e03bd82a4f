/**
 * What is remembered about keeping a diary safe: how many entries were made since it was last
 * exported, and when that was. Counts and a day, nothing of what is in it.
 */
import type { Diary } from "doseline";

const SINCE_EXPORT = "entries-since-export";
const EXPORTED = "exported";
/** So many entries, or so many days, without an export deserve a word. */
const ENTRIES = 7;
const DAYS = 7;
const DAY = 86_400_000;

/** Counts an entry; the first one asks the browser to keep this page's storage for good. */
export function countEntry({ preferences }: Diary): void {
  const before = entriesSinceExport({ preferences });
  preferences.set(SINCE_EXPORT, String(before + 1));
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

/** Starts counting again. */
export function forgetKeeping({ preferences }: Diary): void {
  preferences.set(SINCE_EXPORT, "0");
  preferences.set(EXPORTED, "");
}

/** Hands the diary out as a file. */
export async function exportDiary(diary: Diary): Promise<void> {
  const [text, { day }] = await Promise.all([diary.export("json"), diary.today()]);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `doseline-${day}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  diary.preferences.set(SINCE_EXPORT, "0");
  diary.preferences.set(EXPORTED, new Date().toISOString());
}
