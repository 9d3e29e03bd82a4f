import { type Draft, isDoselineError, memoryStore, openDiary } from "doseline";

const diary = await openDiary({ subject: "opaque-7c1f", store: memoryStore() });
const draft: Draft = { kind: "check-in", ratings: { mood: 11 } };
try {
  await diary.record(draft);
} catch (error) {
  if (isDoselineError(error)) console.assert(error.code === "out-of-range" && error.field === "ratings.mood");
}
await diary.close();