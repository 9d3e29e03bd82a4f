// Clock, zone and day start are read at the edge: what `now`, `zone` and `dayStart` make of an entry.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { beside } from "./consumer.mjs";
import { example, openEmpty, openExample } from "./diaries.mjs";

const mood = { kind: "check-in", ratings: { mood: 4 } };

/** `[zone, now, dayStart, day and instant of an entry made then]`, by each zone's published rules. */
const lived = [
  ["Europe/Berlin", "2026-03-29T00:30:00Z", "04:00", "2026-03-28", "2026-03-29T01:30:00+01:00"],
  ["Europe/Berlin", "2026-03-29T01:30:00Z", "04:00", "2026-03-28", "2026-03-29T03:30:00+02:00"],
  ["Europe/Berlin", "2026-03-29T01:30:00Z", "03:00", "2026-03-29", "2026-03-29T03:30:00+02:00"],
  ["Europe/Berlin", "2026-10-25T00:30:00Z", "00:00", "2026-10-25", "2026-10-25T02:30:00+02:00"],
  ["Europe/Berlin", "2026-10-25T01:30:00Z", "00:00", "2026-10-25", "2026-10-25T02:30:00+01:00"],
  ["America/New_York", "2026-03-08T06:59:00Z", "00:00", "2026-03-08", "2026-03-08T01:59:00-05:00"],
  ["America/New_York", "2026-03-08T07:01:00Z", "00:00", "2026-03-08", "2026-03-08T03:01:00-04:00"],
  ["America/New_York", "2026-11-01T05:30:00Z", "04:00", "2026-10-31", "2026-11-01T01:30:00-04:00"],
  ["America/New_York", "2026-11-01T06:30:00Z", "04:00", "2026-10-31", "2026-11-01T01:30:00-05:00"],
  ["Australia/Lord_Howe", "2026-04-04T14:30:00Z", "00:00", "2026-04-05", "2026-04-05T01:30:00+11:00"],
  ["Australia/Lord_Howe", "2026-04-04T15:30:00Z", "00:00", "2026-04-05", "2026-04-05T02:00:00+10:30"],
  ["Australia/Lord_Howe", "2026-10-03T16:00:00Z", "04:00", "2026-10-03", "2026-10-04T03:00:00+11:00"],
  ["Asia/Kathmandu", "2026-06-30T18:14:00Z", "00:00", "2026-06-30", "2026-06-30T23:59:00+05:45"],
  ["Asia/Kathmandu", "2026-06-30T22:14:00Z", "04:00", "2026-06-30", "2026-07-01T03:59:00+05:45"],
  ["Asia/Kathmandu", "2026-06-30T22:15:00Z", "04:00", "2026-07-01", "2026-07-01T04:00:00+05:45"],
  ["America/St_Johns", "2026-01-01T03:29:00Z", "00:00", "2025-12-31", "2025-12-31T23:59:00-03:30"],
  ["Pacific/Kiritimati", "2024-02-28T10:30:00Z", "00:00", "2024-02-29", "2024-02-29T00:30:00+14:00"],
  ["UTC", "2024-02-29T12:00:00Z", "04:00", "2024-02-29", "2024-02-29T12:00:00+00:00"],
];

for (const [zone, now, dayStart, day, at] of lived) {
  test(`${now} is ${at} in ${zone}, on ${day} when days start at ${dayStart}`, async () => {
    const diary = await openEmpty({ zone, now, dayStart });
    const entry = await diary.record(mood);
    assert.deepEqual([entry.day, entry.at, entry.recordedAt], [day, at, at]);
    const today = await diary.today();
    assert.deepEqual([today.day, today.checkIns], [day, 1]);
    await diary.close();
  });
}

test("days start at four unless told otherwise", async () => {
  const diary = await openEmpty({ zone: "UTC", now: "2026-03-02T03:59:00Z" });
  assert.equal((await diary.record(mood)).day, "2026-03-01");
  await diary.close();
});

test("an instant that is given keeps the offset it was lived with", async () => {
  const diary = await openEmpty({ zone: "Asia/Tokyo", now: "2026-03-02T12:00:00+09:00" });
  const entry = await diary.record({ ...mood, at: "2026-03-01T23:30:00-05:00" });
  assert.deepEqual([entry.day, entry.at], ["2026-03-01", "2026-03-01T23:30:00-05:00"]);
  assert.equal(entry.recordedAt, "2026-03-02T12:00:00+09:00");
  await diary.close();
});

test("without `now` the clock is read, without `zone` the device's", async () => {
  const before = Date.now();
  const diary = await openEmpty({ now: undefined, zone: undefined });
  const entry = await diary.record(mood);
  const recorded = Date.parse(entry.recordedAt);
  // A moment is kept to the second.
  assert.ok(recorded >= before - 1000 && recorded <= Date.now() + 1000, entry.recordedAt);
  assert.equal(0 - new Date(recorded).getTimezoneOffset(), minutesAhead(entry.recordedAt));
  await diary.close();
});

function minutesAhead(moment) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(moment);
  return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
}

test("yesterday's dose is still asked for before the day starts", async () => {
  const night = await openExample("example-depression", { now: "2026-11-21T02:00:00+01:00" });
  const morning = await openExample("example-depression", { now: "2026-11-21T09:00:00+01:00" });
  assert.deepEqual([(await night.today()).day, (await morning.today()).day], ["2026-11-20", "2026-11-21"]);
  await Promise.all([night.close(), morning.close()]);
});

const everything = `
  import { createHash } from "node:crypto";
  import { readFile } from "node:fs/promises";
  import { memoryStore, openDiary } from "doseline";
  const file = await readFile(process.argv[2], "utf8");
  const diary = await openDiary({
    subject: null, store: memoryStore(), file, zone: "Europe/Berlin", now: "2026-11-20T21:30:00+01:00",
  });
  const answers = [await diary.timeline(), await diary.today(), await diary.medicines(), await diary.outcomes()];
  for (const { medicine, steps } of await diary.medicines()) {
    answers.push(await diary.adherence({ medicine }));
    if (steps.length > 1) answers.push(await diary.doseResponse({ medicine, outcome: "mood" }));
  }
  const { recordedAt, day, at } = await diary.record({ kind: "check-in", ratings: { mood: 4 } });
  answers.push({ recordedAt, day, at });
  const bits = (_, value) => (value instanceof Float64Array ? Array.from(new BigUint64Array(value.buffer), String) : value);
  console.log(createHash("sha256").update(JSON.stringify(answers, bits)).digest("hex"));
`;

test("the device's own zone changes no bit of any result", async () => {
  const script = await beside("everything.mjs", everything);
  const file = await beside("diary.json", await example("example-depression"));
  const hashes = await Promise.all(["UTC", "Pacific/Kiritimati", "America/St_Johns"].map(async (TZ) => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, file], { env: { ...process.env, TZ } });
    return stdout;
  }));
  assert.match(hashes[0], /^[0-9a-f]{64}\n$/);
  assert.equal(new Set(hashes).size, 1);
});
