// What a check-in does not ask for: side effects and their end, measurements, substances, what happened.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { exported, focused, press, visit } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const part = (page) => page.locator("doseline-record");
const button = (page, name) => part(page).getByRole("button", { name, exact: typeof name === "string" });
const kept = async (page, kind) => (await exported(page)).json.entries.filter((entry) => entry.kind === kind);
const today = (page) => part(page).evaluate(async ({ diary }) => (await diary.today()).day);

async function open(page, name) {
  await press(page, button(page, name));
  assert.equal(await focused(page), `h3 ${name}`);
}

async function save(page) {
  await press(page, button(page, "Save"));
  await part(page).locator(".saved").waitFor();
  assert.equal(await focused(page), "h2 Add something else");
}

async function freshDay(options = {}) {
  const opened = await freshPage(browser, { viewport: { width: 320, height: 640 }, ...options });
  await visit(opened.page, "own/today");
  return opened;
}

test("a side effect is found by its plain name, kept by keyboard alone, and ended with one tap", async () => {
  const { context, page, complaints } = await freshDay();
  await part(page).evaluate(async ({ diary }) => {
    await diary.record({ kind: "medicine", name: "Sertraline", ingredients: [{ name: "Sertraline" }] });
  });
  await open(page, "A side effect");
  await page.keyboard.press("Tab");
  await page.keyboard.type("na");
  // The tables call nausea "Feeling sick to your stomach".
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "button Feeling sick to your stomach");
  await page.keyboard.press("Enter");
  await press(page, button(page, "Save"));
  await part(page).getByRole("alert").waitFor();
  assert.equal(await part(page).getByRole("radio", { name: /^mild/ }).getAttribute("aria-invalid"), "true");
  assert.deepEqual(await kept(page, "side-effect"), [], "nothing is kept of a form that was refused");

  await visit(page, "own/today");
  await open(page, "A side effect");
  await part(page).getByLabel(/^What you notice/).fill("Feeling sick to your stomach");
  await part(page).getByRole("radio", { name: /^moderate/ }).focus();
  await page.keyboard.press("Space");
  await part(page).getByLabel("Since (about)").fill("2026-01-02");
  await part(page).getByLabel(/^A medicine it may come from/).selectOption("Sertraline");
  await save(page);
  const ends = button(page, /^It has ended/);
  await ends.waitFor();
  const days = (Date.parse(await today(page)) - Date.parse("2026-01-02")) / 86_400_000;
  await part(page).getByText(`written ${days} days later`).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${wide} wide`);
  const { height } = await ends.boundingBox();
  assert.ok(height >= 44, `${height} high`);
  await press(page, ends);
  await ends.waitFor({ state: "detached" });
  const day = await today(page);
  const [effect] = await kept(page, "side-effect");
  const [medicine] = await kept(page, "medicine");
  assert.deepEqual(
    [effect.term, effect.severity, effect.onset, effect.end, effect.suspected],
    ["Feeling sick to your stomach", "moderate", "2026-01-02", day, medicine.id],
  );
  await visit(page, "own/today");
  await open(page, "A side effect");
  await part(page).getByLabel(/^What you notice/).fill("feeling si");
  await part(page).getByRole("list", { name: "Names for it" }).waitFor();
  await press(page, button(page, "Cancel"));
  assert.equal(await focused(page), "button A side effect");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("one that is over is kept with its end, and Undo takes it back", async () => {
  const { context, page, complaints } = await freshDay();
  await open(page, "A side effect");
  await part(page).getByLabel(/^What you notice/).fill("Dry mouth");
  await part(page).getByRole("radio", { name: /^mild/ }).check();
  await part(page).getByLabel("Since (about)").fill("2026-01-02");
  await part(page).getByLabel("It still goes on").uncheck();
  await part(page).getByLabel("Until (about)").fill("2026-01-01");
  await press(page, button(page, "Save"));
  await part(page).getByRole("alert").waitFor();
  await part(page).getByLabel("Until (about)").fill("2026-01-09");
  await save(page);
  assert.equal(await button(page, /^It has ended/).count(), 0);
  const [effect] = await kept(page, "side-effect");
  assert.deepEqual([effect.onset, effect.end], ["2026-01-02", "2026-01-09"]);
  await visit(page, "own/today");
  await open(page, "Something that happened");
  await part(page).getByLabel(/^In a few words/).fill("New job");
  await save(page);
  await press(page, button(page, "Undo"));
  await part(page).getByText("Taken back.").waitFor();
  assert.deepEqual(await kept(page, "life-event"), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("weight, blood pressure and a lithium level are kept as they were measured", async () => {
  const { context, page, complaints } = await freshDay();
  const measure = async (what, fields, unit) => {
    await open(page, "Something measured");
    await part(page).getByLabel("What", { exact: true }).selectOption(what);
    for (const [label, value] of Object.entries(fields)) await part(page).getByLabel(label).fill(value);
    if (unit) await part(page).getByLabel("Unit").selectOption(unit);
    await save(page);
  };
  await measure("weight", { Value: "151,5" }, "lb");
  await measure("blood-pressure", { "Upper number": "128", "Lower number": "82", Day: "2026-01-02" });
  await measure("pulse", { Value: "72" });
  await measure("lab", { "What was looked for": "Lithium", Value: "0.7", "Hours since your last dose": "12" }, "mmol/L");
  await open(page, "Something measured");
  await part(page).getByLabel("Value").fill("much");
  await press(page, button(page, "Save"));
  await part(page).getByRole("alert").waitFor();
  const all = (await kept(page, "measurement")).map(({ measure, value, unit, diastolic, analyte, hoursSinceDose, day }) =>
    ({ measure, value, unit, diastolic, analyte, hoursSinceDose, ...(measure === "blood-pressure" && { day }) }));
  const none = { diastolic: undefined, analyte: undefined, hoursSinceDose: undefined };
  assert.deepEqual(all, [
    { ...none, measure: "weight", value: 151.5, unit: "lb" },
    { ...none, measure: "blood-pressure", value: 128, unit: "mmHg", diastolic: 82, day: "2026-01-02" },
    { ...none, measure: "pulse", value: 72, unit: "/min" },
    { ...none, measure: "lab", value: 0.7, unit: "mmol/L", analyte: "Lithium", hoursSinceDose: 12 },
  ]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("substances are kept by the names that the tables know, and what has to be looked at is said in place", async () => {
  const { context, page, complaints } = await freshDay();
  await part(page).evaluate(async ({ diary }) => {
    const ingredients = [{ name: "Lithium", reference: "lithium" }];
    const { id: medicine } = await diary.record({ kind: "medicine", name: "Lithium", ingredients });
    const schedule = { repeat: "daily", unit: "mg", doses: [{ at: "21:00", amount: 900 }] };
    await diary.record({ kind: "step", medicine, action: "start", schedule });
  });
  await open(page, "Alcohol, caffeine or other");
  await part(page).getByLabel("How much").fill("2");
  await save(page);
  await open(page, "Alcohol, caffeine or other");
  await part(page).getByLabel("What", { exact: true }).selectOption("caffeine");
  await part(page).getByLabel("How much").fill("3");
  await save(page);
  await open(page, "Alcohol, caffeine or other");
  await part(page).getByLabel("What", { exact: true }).selectOption("other");
  await part(page).getByLabel("Its name").fill("ibuprofen");
  await save(page);
  // Lithium with ibuprofen is a call today.
  await part(page).getByText("Please look at this first.").waitFor();
  assert.match(await part(page).locator(".finding").innerText(), /ibuprofen/i);
  const all = (await kept(page, "substance")).map(({ substance, quantity, countedIn }) => [substance, quantity, countedIn]);
  assert.deepEqual(all, [["alcohol", 2, "drinks"], ["caffeine", 3, "cups"], ["ibuprofen", undefined, undefined]]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a rating outside its scale stands there with the reason, and leaving it out can be taken back", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${demo}www/examples/plain.html`);
  await page.evaluate(async () => {
    const { openDiary, memoryStore } = await import("/pkg/dist/index.js");
    const open = (day) => openDiary({ subject: "scales", store: memoryStore(), now: `2026-06-${day}T20:00:00+02:00` });
    // Of two scales that met, the later one holds.
    const [other, diary] = [await open(29), await open(30)];
    const pain = (max) => ({ kind: "outcome", outcome: "pain", name: "Pain", min: 0, max, worse: "higher" });
    await diary.record(pain(10));
    await other.record(pain(100));
    await other.record({ kind: "check-in", ratings: { mood: 3, pain: 80 } });
    await other.record({ kind: "check-in", ratings: { pain: 70 } });
    await diary.importFile(await other.export("json"));
    const element = document.createElement("doseline-record");
    element.diary = diary;
    document.body.append(element);
  });
  const off = part(page).getByText(/^Pain on .* but its scale goes from 0 to 10/);
  await off.nth(1).waitFor();
  const ratings = () => part(page).evaluate(async ({ diary }) =>
    (await diary.entries({ kind: "check-in" })).map((entry) => entry.ratings));
  const before = await ratings();
  await press(page, button(page, "Leave it out").first());
  await off.nth(1).waitFor({ state: "detached" });
  await press(page, button(page, "Leave it out"));
  await off.waitFor({ state: "detached" });
  // The check-in that said nothing else is gone with it.
  assert.deepEqual(await ratings(), [{ mood: 3 }]);
  await press(page, button(page, "Undo"));
  await off.waitFor();
  assert.equal((await ratings()).length, before.length);
  assert.deepEqual(complaints, []);
  await context.close();
});
