import { memoryStore, openDiary } from "doseline";

const diary = await openDiary({ subject: "opaque-7c1f", store: memoryStore() });
diary.addEventListener("change", () => console.log("something was recorded"));
const entry = await diary.record({ kind: "check-in", ratings: { mood: 4 }, sleepHours: 6.5 });
await diary.amend(entry.id, { ratings: { mood: 5 }, sleepHours: 6.5 });
await diary.undo();
console.assert((await diary.entries({ kind: "check-in" }))[0].ratings.mood === 4);
await diary.close();