/** The diaries this page can open: its made-up examples, this browser's own, and a file. */
import {
  type Audience, capabilities, type Diary, indexedDbStore, isDoselineError, memoryStore, openDiary,
} from "doseline";
import { isLost } from "./keeping.js";

/** One row of `diaries/index.json`, which the build writes beside the diaries it makes. */
export interface Example {
  file: string;
  /** Begins with “Made-up example”. */
  title: string;
  about: string;
  /** The evening of the diary's last day. */
  now: string;
}

/** An open diary, and what the page has to say about it. */
export interface Opened {
  place: Place;
  diary: Diary;
  title: string;
  /** Whether changes outlive the page. */
  kept: boolean;
  /** What was read from a file. */
  note: string | null;
  /** Whether the browser has let go of entries that it kept. */
  lost: boolean;
  /** Whom the answers are written for. */
  audience: Audience;
  /** The moment as of which an example is looked at; null: now. */
  now: string | null;
}

/** The first part of the page's address: which diary. It says nothing of what is in it. */
export type Place = "own" | "file" | `example-${number}`;

/** The subject of this browser's own diary. */
const OWN = "this-browser";
/** The shipped column preset for the published diary. */
const PRESET = "kossakowski";

/** How a diary is opened first. */
const PATIENT = { audience: "patient", now: null } as const;

let listed: Promise<Example[]> | null = null;

/** The made-up examples. */
export function examples(): Promise<Example[]> {
  listed ??= fetch("diaries/index.json").then((response) => response.json() as Promise<Example[]>);
  return listed;
}

/** Opens a made-up example as of its last evening; changes are forgotten with the page. */
export async function openExample(place: `example-${number}`): Promise<Opened> {
  const example = (await examples())[Number(place.slice("example-".length)) - 1];
  if (!example) throw new Error(`there is no ${place}`);
  const file = await (await fetch(`diaries/${example.file}`)).text();
  const diary = await openDiary({ subject: null, store: memoryStore(), file, now: example.now });
  return { ...PATIENT, place, diary, title: example.title, kept: false, note: null, lost: false, now: example.now };
}

/** Opens this browser's own diary; in memory where the browser keeps nothing. */
export async function openOwn(audience: Audience = "patient"): Promise<Opened> {
  const opened = { ...PATIENT, audience, place: "own", title: "Your diary", note: null } as const;
  try {
    const store = indexedDbStore("doseline");
    const { count = 0 } = await store.load();
    const diary = await openDiary({ subject: OWN, store, ...offeredTo(audience) });
    return { ...opened, diary, kept: true, lost: isLost(diary, count) };
  } catch (error) {
    if (!isDoselineError(error) || error.code !== "storage-failed") throw error;
    const diary = await openDiary({ subject: OWN, store: memoryStore() });
    return { ...opened, diary, kept: false, lost: false };
  }
}

/** Opens a file that was exported here, or the published diary's table. */
export async function openFile(file: File): Promise<Opened> {
  const opened = { ...PATIENT, place: "file", title: file.name, kept: false, lost: false } as const;
  if (!/\.csv$/i.test(file.name)) {
    const diary = await openDiary({ subject: null, store: memoryStore(), file: await file.text() });
    return { ...opened, diary, note: null };
  }
  const diary = await openDiary({ subject: "file", store: memoryStore() });
  try {
    const { rows, days } = await diary.importFile(file, PRESET);
    const count = new Intl.NumberFormat(diary.locale);
    return { ...opened, diary, note: `${count.format(rows)} rows on ${count.format(days)} days were read.` };
  } catch (error) {
    await diary.close();
    throw error;
  }
}

/**
 * Opens an open diary again for someone else: all that is in it, without what could be undone. The
 * one that was open stays open.
 */
export async function openFor(audience: Audience, opened: Opened): Promise<Opened> {
  if (opened.kept) return openOwn(audience);
  const file = await opened.diary.export("json");
  const { now } = opened;
  const diary = await openDiary({
    subject: null, store: memoryStore(), file, ...(now && { now }), ...offeredTo(audience),
  });
  return { ...opened, diary, audience };
}

/** A clinician is offered all there is, a patient what is offered where nothing is named. */
function offeredTo(audience: Audience): { audience: Audience; capabilities?: typeof capabilities } {
  return audience === "clinician" ? { audience, capabilities } : { audience };
}
