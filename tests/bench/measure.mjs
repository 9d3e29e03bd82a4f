// What the bench times in every JavaScript engine: this file runs in Node and in the page of a
// browser alike. Times are milliseconds, each the median of a few runs.

/** Runs of a slow step and of a quick one. */
const SLOW = 5;
const QUICK = 9;

/** Bytes of records that the API hands to the core in one go. */
const CHUNK = 256 * 1024;

/** The form that the diaries are written in. */
const SCHEMA_VERSION = 2;

/** One check-in, as a person records it. */
const checkIn = { kind: "check-in", ratings: { mood: 6, anxiety: 3, energy: 7 } };

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

async function timed(act) {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

/** The median time of `act`, which is run once more beforehand to warm up. */
async function medianOf(runs, act) {
  const times = [];
  for (let run = 0; run <= runs; run += 1) times.push(await timed(act));
  return median(times.slice(1));
}

/** A diary file's entries, one a line, in the pieces in which the API hands them to the core. */
export function pieces(text) {
  const pieces = [""];
  for (const line of linesOf(text)) {
    if (pieces.at(-1).length >= CHUNK) pieces.push("");
    pieces[pieces.length - 1] += `${line}\n`;
  }
  // Each string in one piece, as it comes from a store, not as the rope that it grew by.
  return pieces.map((piece) => new TextDecoder().decode(new TextEncoder().encode(piece)));
}

/** A diary file's entries, as a store keeps them. */
export function linesOf(text) {
  const lines = text.split("\n").filter((line) => line.startsWith('{"id"'));
  return lines.map((line) => line.replace(/(,|\]\})$/, ""));
}

/**
 * Opening with the core itself, in place: reading the records (`decode`), and that with the index
 * that makes them a diary (`open`). `JSON.parse` of the same text goes first each time, so that a
 * slow moment of the machine hits both.
 */
export async function opening(Session, diary) {
  const { text } = diary;
  const parts = pieces(text);
  // As the API does: into the same bytes each time.
  const [encoder, room] = [new TextEncoder(), new Uint8Array(3 * Math.max(...parts.map((part) => part.length)))];
  const bytesOf = (part) => room.subarray(0, encoder.encodeInto(part, room).written);
  const times = { parse: [], decode: [], open: [] };
  for (let run = 0; run <= SLOW; run += 1) {
    times.parse.push(await timed(() => JSON.parse(text)));
    const session = new Session(options(diary));
    session.expect(diary.entries);
    const decode = await timed(() => parts.forEach((part) => session.addLines(bytesOf(part), SCHEMA_VERSION)));
    const index = await timed(() => session.finishOpening());
    times.decode.push(decode);
    times.open.push(decode + index);
    session.free();
  }
  return Object.fromEntries(Object.entries(times).map(([name, [, ...runs]]) => [name, median(runs)]));
}

/** What a person does with an open diary, through the API. */
export async function using(diary, { medicine }) {
  const card = { medicine, outcome: "mood" };
  const refreshed = [];
  for (let run = 0; run <= SLOW; run += 1) {
    await diary.record(checkIn);
    refreshed.push(await timed(async () => {
      await diary.timeline();
      await diary.doseResponse(card);
      await diary.adherence({ medicine });
      await diary.flags();
      await diary.today();
    }));
  }
  return {
    refresh: median(refreshed.slice(1)),
    timeline: await medianOf(SLOW, () => diary.timeline()),
    card: await medianOf(SLOW, () => diary.doseResponse(card)),
    adherence: await medianOf(SLOW, () => diary.adherence({ medicine })),
    today: await medianOf(QUICK, () => diary.today()),
    check: await medianOf(SLOW, () => diary.check({ kind: "dose", medicine, status: "taken" })),
    search: await slowestSearch(diary),
    record: await medianOf(SLOW, async () => {
      await diary.record(checkIn);
      await diary.timeline();
    }),
  };
}

/** What a person types: a name, a brand, two typing errors, a kind, a condition, and what is not there. */
const SEARCHES = ["sertraline", "seroq", "lamotirgin", "antidepressant", "bipolar", "tuesday afternoon"];

/** The time of the slowest of these searches. */
async function slowestSearch(diary) {
  const times = [];
  for (const text of SEARCHES) times.push(await medianOf(QUICK, () => diary.reference.search(text)));
  return Math.max(...times);
}

/** How a diary is opened here: as of its last evening, by clocks in Berlin. */
export function options({ subject, now }) {
  return { subject, now, locale: "en", zone: "Europe/Berlin" };
}

/** Opening through the API: from a file into memory, and from a store that holds the diary. */
export async function openingByApi({ openDiary, memoryStore }, store, diary) {
  const open = async (from) => (await openDiary({ ...options(diary), ...from })).close();
  return {
    "open-file": await medianOf(3, () => open({ store: memoryStore(), file: diary.text })),
    "open-store": await medianOf(SLOW, () => open({ store: store() })),
  };
}

/** Fills a store with a diary file's entries. */
export function fill(store, { text, subject }) {
  const add = linesOf(text).map((json) => {
    const { id, stamp } = JSON.parse(json);
    return { id, stamp, json };
  });
  return store.commit({ subject, schemaVersion: SCHEMA_VERSION, erase: [], add });
}
