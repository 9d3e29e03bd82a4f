import { memoryStore, openDiary } from "doseline";

const diary = await openDiary({ subject: "opaque-7c1f", store: memoryStore() });
const medicine = await diary.record({
  kind: "medicine",
  name: "Sertraline",
  ingredients: [{ name: "sertraline", reference: "sertraline" }],
});
await diary.record({
  kind: "step",
  medicine: medicine.id,
  action: "start",
  schedule: { repeat: "daily", unit: "mg", doses: [{ at: "08:00", amount: 50 }] },
});
await diary.record({ kind: "check-in", ratings: { mood: 4, anxiety: 6 } });

const { lanes, doses } = await diary.timeline();
console.assert(lanes.length > 0 && doses[0].stepDoses[0] === 50);
await diary.close();