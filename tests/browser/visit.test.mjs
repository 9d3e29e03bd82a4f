// The screen for a visit: where things stand, the calendar, the brief, and the way to someone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { freshPage, launch } from "./chromium.mjs";
import { exported, focused, visit, wordsOf } from "./diary.mjs";

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

test("a past medicine and a question reach the brief, and nothing stays of one that is refused", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/visit");
  const element = page.locator("doseline-visit");
  const add = async (kind, fields) => {
    await element.getByRole("button", { name: "Add to the brief" }).click();
    await element.getByLabel("What", { exact: true }).selectOption(kind);
    for (const [label, value] of Object.entries(fields)) await element.getByLabel(label).fill(value);
    await element.getByRole("button", { name: "Save", exact: true }).click();
  };
  await add("past", {
    "Its name": "Fluoxetine", "Most you took": "much", "From (about)": "2024-01-10", "To (about)": "2024-04-10",
    "What came of it": "no sleep",
  });
  await element.getByRole("alert").waitFor();
  assert.doesNotMatch(await element.locator(".brief").innerText(), /Fluoxetine/);
  await element.getByLabel("Most you took").fill("20");
  await element.getByRole("button", { name: "Save", exact: true }).click();
  await element.getByText("Saved.").waitFor();
  assert.equal(await focused(page), "h2 For a visit");
  await add("question", { "In your words": "Can I drive?" });
  await element.locator(".brief li", { hasText: "Can I drive?" }).waitFor();
  assert.match(await element.locator(".brief").innerText(), /Fluoxetine: up to 20 mg once a day.*\n.*no sleep/);

  await page.getByRole("button", { name: "Yes, this is everything" }).click();
  await page.getByRole("button", { name: "Yes, this is everything" }).waitFor({ state: "detached" });
  const { json } = await exported(page);
  const kinds = json.entries.map(({ kind }) => kind).filter((kind) => kind !== "removed").sort();
  assert.deepEqual(kinds, ["medicine", "question", "reconciliation", "step", "step"]);
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
