// From the first page to a chart, its table and a saved check-in without a pointer: Tab, Enter, arrows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { exported, focused, press, shown, tabTo } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("by keyboard alone: an example is opened, and its doses are read beside another outcome, as a table", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(demo);
  await press(page, page.getByRole("link", { name: /^Made-up example/ }).first());
  await shown(page, "timeline");
  assert.equal(await focused(page), "h1 Timeline", "a new screen is read from its head on");
  await press(page, page.getByRole("link", { name: "Doses" }));
  await shown(page, "doses");
  assert.equal(await focused(page), "h1 Doses");

  const card = page.locator("doseline-response");
  const title = card.getByRole("heading", { level: 2 });
  assert.match(await title.innerText(), /PHQ-9$/);
  await tabTo(page, card.getByRole("combobox", { name: "Score or rating" }));
  await page.keyboard.press("a");
  await card.getByRole("heading", { level: 2, name: /anxiety$/ }).waitFor();
  assert.match(await focused(page), /^select/, "the choice keeps the focus");
  await press(page, card.getByRole("button", { name: "Table" }));
  const table = card.getByRole("table");
  await table.waitFor();
  assert.ok((await table.getByRole("row").count()) > 2);
  await tabTo(page, card.getByRole("region", { name: "Table" }));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("by keyboard alone: one's own diary is begun and a check-in saved in it", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(demo);
  await press(page, page.getByRole("link", { name: /^Start your own/ }));
  await shown(page, "today");
  const form = page.locator("doseline-check-in");
  const mood = form.getByRole("radiogroup", { name: /^Mood/ }).getByRole("radio");
  // Tab comes to the first of a group without an answer, 0; an arrow goes to the next and answers.
  await tabTo(page, mood.first());
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("ArrowRight");
  await press(page, form.getByRole("button", { name: "Half an hour more" }));
  await press(page, form.getByRole("button", { name: "exercise", exact: true }));
  const ownTag = form.getByRole("textbox", { name: "A tag of your own" });
  await tabTo(page, ownTag);
  await page.keyboard.type("a long walk");
  // An Enter that ends the writing of a syllable adds nothing.
  await ownTag.dispatchEvent("keydown", { key: "Enter", isComposing: true });
  assert.equal(await ownTag.inputValue(), "a long walk");
  await page.keyboard.press("Enter");
  await page.keyboard.type("a swim");
  await press(page, form.getByRole("button", { name: "Add", exact: true }));
  await form.getByRole("button", { name: "a swim", pressed: true }).waitFor();
  assert.equal(await focused(page), "button Add");
  await tabTo(page, form.getByRole("textbox", { name: "Note" }));
  await page.keyboard.type("Better than last week.");
  await press(page, form.getByRole("button", { name: "Save", exact: true }));
  await form.locator(".saved").waitFor();
  const [{ ratings, sleepHours, tags, note }] = (await exported(page)).json.entries;
  // The stepper begins at a usual night, 7 hours.
  const expected = [{ mood: 3 }, 7, ["a long walk", "a swim", "exercise"], "Better than last week."];
  assert.deepEqual([ratings, sleepHours, tags, note], expected);
  assert.deepEqual(complaints, []);
  await context.close();
});
