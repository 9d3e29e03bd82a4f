
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
