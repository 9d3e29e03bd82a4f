// The screen for a visit: where things stand, the calendar, the brief, and the way to someone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { freshPage, launch } from "./chromium.mjs";
import { exported, focused, press, visit, wordsOf } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("a journey is told, and handed out as a calendar without a medicine's name", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "example-1/visit");
  const words = await wordsOf(page, "doseline-journey");
  assert.match(words, /Venlafaxine/);
  assert.match(words, /Due now/);
  const download = async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"), page.getByRole("button", { name: "Get the calendar file" }).click(),
    ]);
    assert.equal(file.suggestedFilename(), "reminders.ics");
    return readFile(await file.path(), "utf8");
  };
  const plain = await download();
  assert.match(plain, /^BEGIN:VCALENDAR\r\n/);
  assert.doesNotMatch(plain, /venlafaxine|phq/i);
  await page.getByLabel("Say more in each date").check();
  assert.match(await download(), /venlafaxine/i);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what falls due is a short list on a phone: each day once, few words, the rest in one fold", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 360, height: 740 } });
  await visit(page, "example-2/visit");
  const element = page.locator("doseline-journey");
  const due = await element.evaluate(async ({ diary }) =>
    (await diary.journey()).due.filter(({ isDue, kind }) => isDue && kind !== "list"));
  const days = new Set(due.map(({ day }) => day));
  assert.ok(days.size < due.length, "several fall due on one day");
  const section = element.locator("section", { has: page.getByRole("heading", { name: "Due now" }) });
  assert.equal(await section.getByRole("heading", { level: 4 }).count(), days.size);
  for (const { short } of due) await section.getByText(short, { exact: true }).waitFor();
  // Rows stand one under the other, no further apart than their lines.
  const [one, other] = await Promise.all(due.slice(0, 2).map(({ short }) => section.getByText(short, { exact: true }).boundingBox()));
  const between = other.y - one.y - one.height;
  assert.ok(between >= 0 && between <= 8, `${between} apart`);
  const folds = await section.locator("summary").all();
  const names = await Promise.all(folds.map((fold) => fold.textContent()));
  assert.equal(new Set(names).size, folds.length, `no two of one name: ${names}`);
  for (const fold of folds) await press(page, fold);
  for (const { sentence, sources } of due) {
    for (const text of [sentence, ...sources]) await section.getByText(text, { exact: true }).first().waitFor();
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 360, `${wide} wide`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a past medicine, how one lives and a question reach the brief, and nothing stays of one that is refused", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 320, height: 640 } });
  await visit(page, "own/visit");
  const element = page.locator("doseline-visit");
  const save = () => press(page, element.getByRole("button", { name: "Save", exact: true }));
  const add = async (kind, fields) => {
    await press(page, element.getByRole("button", { name: "Add to the brief" }));
    await element.getByLabel("What", { exact: true }).selectOption(kind);
    for (const [label, value] of Object.entries(fields)) await element.getByLabel(label).fill(value);
  };
  await add("past", { "Name, brand": "prozac" });
  await press(page, element.getByRole("button", { name: /^fluoxetine/i }));
  for (const [label, value] of Object.entries({
    "Most you took in a day": "much", "From (about)": "2024-01-10", "To (about)": "2024-04-10",
    "Why it ended": "no sleep",
  })) await element.getByLabel(label).fill(value);
  await element.getByLabel("What it did").selectOption("It helped a little");
  await save();
  await element.getByRole("alert").waitFor();
  assert.doesNotMatch(await element.locator(".brief").innerText(), /Fluoxetine/i);
  await element.getByLabel("Most you took").fill("0,02");
  await element.getByLabel("Unit").selectOption("g");
  await save();
  await element.getByText("Saved.").waitFor();
  assert.equal(await focused(page), "h2 For a visit");
  await add("question", { "In your words": "Can I drive?" });
  await save();
  await element.locator(".brief li", { hasText: "Can I drive?" }).waitFor();
  await add("condition", { "In your words": "Depression", "Who diagnosed it": "Family doctor" });
  await save();
  await add("lifestyle", { "How you move": "a walk most days", "How you sleep": "5 hours, awake at 4" });
  await save();
  await element.getByText("What is in the brief").click();
  await element.getByLabel("It is a first visit").check();
  await element.locator(".brief li", { hasText: "Depression" }).waitFor();
  await element.locator(".brief li", { hasText: "Exercise: a walk most days. Sleep: 5 hours, awake at 4" }).waitFor();
  assert.match(await element.locator(".brief").innerText(), /fluoxetine: up to 0\.02 g once a day.*\n.*It helped a little\. no sleep/i);

  await press(page, page.getByRole("button", { name: "Yes, this is everything" }));
  await page.getByRole("button", { name: "Yes, this is everything" }).waitFor({ state: "detached" });
  const { json } = await exported(page);
  const entries = json.entries.filter(({ kind }) => kind !== "removed");
  assert.deepEqual(
    entries.map(({ kind }) => kind).sort(), ["medicine", "profile", "profile", "question", "reconciliation", "step", "step"],
  );
  const of = (kind) => entries.find((entry) => entry.kind === kind);
  assert.equal(of("medicine").ingredients[0].reference, "fluoxetine");
  const told = entries.filter(({ kind }) => kind === "profile").map(({ topic, value, diagnosedBy }) => [topic, value, diagnosedBy]);
  assert.deepEqual(told, [
    ["condition", "Depression", "Family doctor"],
    ["lifestyle", "Exercise: a walk most days. Sleep: 5 hours, awake at 4", undefined],
  ]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a list that is not right is put right where it is asked for", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 320, height: 640 } });
  await visit(page, "own/visit");
  const element = page.locator("doseline-journey");
  await element.evaluate(async ({ diary }) => {
    const { id: medicine } = await diary.record({ kind: "medicine", name: "Old", ingredients: [{ name: "Old" }] });
    const schedule = { repeat: "daily", unit: "mg", doses: [{ amount: 10 }] };
    await diary.record({ kind: "step", medicine, action: "start", day: "2024-01-01", schedule });
  });
  await press(page, element.getByRole("button", { name: /^I no longer take this/ }));
  assert.deepEqual(await element.getByLabel("What happened").locator("option").allInnerTexts(), ["Stopped"]);
  await element.getByLabel("Decided by").selectOption("together");
  await press(page, element.getByRole("button", { name: "Record", exact: true }));
  await element.getByText("Is the list right now?").waitFor();
  await press(page, element.getByRole("button", { name: "Something is missing" }));
  await element.getByLabel("Name, brand").fill("zoloft");
  await press(page, element.getByRole("button", { name: /^sertraline/i }));
  await element.getByLabel("Each time").fill("50");
  await press(page, element.getByRole("button", { name: "Add", exact: true }));
  await element.getByRole("button", { name: /^I no longer take this.*sertraline/i }).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${wide} wide`);
  await press(page, element.getByRole("button", { name: "Yes, this is everything" }));
  await element.getByRole("button", { name: "Yes, this is everything" }).waitFor({ state: "detached" });
  assert.equal(await focused(page), "h2 Where things stand");
  const { json } = await exported(page);
  const sertraline = json.entries.find((entry) => entry.kind === "medicine" && /sertraline/i.test(entry.name));
  const stop = json.entries.find((entry) => entry.action === "stop");
  const looked = json.entries.find((entry) => entry.kind === "reconciliation");
  assert.equal(stop.decidedBy, "together");
  assert.deepEqual(looked.medicines, [sertraline.id]);
  assert.equal(stop.day, looked.day, "today unless another day is given");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what is not right leads to someone, with a message of four lines", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "example-1/visit");
  const element = page.locator("doseline-visit");
  await element.getByRole("button", { name: "Something is not right" }).click();
  assert.equal(await focused(page), "h3 What is not right?");
  await element.getByRole("button", { name: "I want to stop it" }).click();
  const message = await element.locator(".message").innerText();
  assert.equal(message.split("\n").length, 4);
  assert.match(await element.locator(".answer").innerText(), /prescriber/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("from the foot of the day it is one press to whom to contact", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 320, height: 640 } });
  await visit(page, "own/today");
  const element = page.locator("doseline-visit");
  // Without a medicine there is nothing to ask about.
  await element.waitFor({ state: "hidden" });
  await visit(page, "example-1/today");
  await press(page, element.getByRole("button", { name: "This isn't working for me" }));
  assert.equal(await focused(page), "h3 What is not right?");
  await press(page, element.getByRole("button", { name: "It does not help me" }));
  await element.locator(".message").waitFor();
  await press(page, element.getByRole("button", { name: "Close" }));
  assert.equal(await focused(page), "button This isn't working for me");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("on paper there is the brief and nothing else", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.addInitScript(() => {
    window.print = () => (window.printed = true);
  });
  await visit(page, "example-1/visit");
  await page.emulateMedia({ media: "print" });
  await page.locator("doseline-visit").evaluate((element) => {
    const find = [...element.shadowRoot.querySelectorAll("button")].find((button) => button.textContent === "Print");
    find.click();
  });
  assert.equal(await page.evaluate(() => window.printed), true);
  assert.equal(await page.locator("doseline-visit .brief").isVisible(), true);
  for (const hidden of ["doseline-journey", ".top", ".banner", "doseline-visit .buttons"]) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});
