// What the safety rules have to know of a person: answered, left, not known, or not said.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { freshPage, launch } from "./chromium.mjs";
import { exported, focused, press, tabTo, visit } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const part = (page) => page.locator("doseline-profile");
/** The answers to the question that has these words. */
const answers = (page, words) => part(page).getByRole("group", { name: words });
const say = (page, words, answer) => press(page, answers(page, words).getByRole("button", { name: answer, exact: true }));
const pressed = (page, words) => answers(page, words).locator("[aria-pressed=true]");

test("facts are told by keyboard alone, each with its day, and the rules hear of them", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 320, height: 640 } });
  await visit(page, "own/visit");
  await part(page).evaluate(async ({ diary }) => {
    const ingredients = [{ name: "Valproate", reference: "valproate" }];
    const { id: medicine } = await diary.record({ kind: "medicine", name: "Valproate", ingredients });
    const schedule = { repeat: "daily", unit: "mg", doses: [{ at: "21:00", amount: 500 }] };
    await diary.record({ kind: "step", medicine, action: "start", schedule });
    await diary.record({ kind: "profile", topic: "smoking", state: "known", value: "no", day: "2026-01-02" });
  });
  const notChecked = () => part(page).evaluate(async ({ diary }) =>
    (await diary.flags()).notChecked.map(({ sentence }) => sentence).filter((sentence) => /not known here: a pregnancy/.test(sentence)));
  assert.equal((await notChecked()).length, 1);
  await press(page, part(page).locator("summary"));
  await say(page, /born/, "Say the year");
  await part(page).getByLabel("Year", { exact: true }).waitFor();
  assert.match(await focused(page), /^input/);
  await page.keyboard.type("19");
  await page.keyboard.press("Enter");
  await part(page).getByRole("alert").waitFor();
  await page.keyboard.type("90");
  await page.keyboard.press("Enter");
  await pressed(page, /born/).waitFor();
  assert.match(await focused(page), /^button Say the year/);
  await say(page, /pregnant now/, "Yes");
  await pressed(page, /pregnant now/).waitFor();
  // A slip is mended on its day, in the same entry.
  await say(page, /pregnant now/, "No");
  await answers(page, /pregnant now/).getByRole("button", { name: "No", pressed: true }).waitFor();
  await say(page, /could you become/i, "No");
  await say(page, /breastfeeding/, "Rather not say");
  await say(page, /liver/, "I do not know");
  await say(page, /allergy/, "Yes");
  await tabTo(page, part(page).getByLabel(/^In your words/));
  await page.keyboard.type("Penicillin: hives");
  await page.keyboard.press("Enter");
  await part(page).getByText("Penicillin: hives").waitFor();
  await say(page, /kidneys/, "Yes");
  await part(page).getByLabel(/^In your words/).waitFor();
  await page.keyboard.press("Enter");
  await pressed(page, /kidneys/).waitFor();
  await say(page, /smoke/, "Yes");
  await answers(page, /smoke/).getByRole("button", { name: "Yes", pressed: true }).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${wide} wide`);
  assert.deepEqual(await notChecked(), [], "neither is so: the rule was checked");

  const { json } = await exported(page);
  const told = json.entries.filter(({ kind }) => kind === "profile").map(({ topic, state, value }) => [topic, state, value]);
  assert.deepEqual(told, [
    ["smoking", "known", "no"],
    ["birth-year", "known", 1990], ["pregnancy", "known", "no"], ["pregnancy-possible", "known", "no"],
    ["breastfeeding", "declined", undefined], ["liver", "unknown", undefined],
    ["allergy", "known", "Penicillin: hives"], ["kidney", "known", "yes"],
    // On a later day it is a change, and both stay.
    ["smoking", "known", "yes"],
  ]);
  await visit(page, "own/visit");
  await part(page).getByText("Look at your answers: 8 of 15").waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("conditions are told by keyboard alone, each with who diagnosed it, if the person likes", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 320, height: 640 } });
  await visit(page, "own/visit");
  await press(page, part(page).locator("summary"));
  const button = (name) => part(page).getByRole("button", { name, exact: true });
  const putRight = (condition) => part(page).getByRole("button", { name: new RegExp(`^Put it right\\s?: ${condition}$`) });
  const told = async () => (await part(page).evaluate(async ({ diary }) => diary.entries({ kind: "profile" })))
    .map(({ topic, state, value, diagnosedBy }) => [topic, state, value, diagnosedBy]);
  const condition = (...rest) => ["condition", ...rest];
  await say(page, /conditions/, "I do not know");
  await pressed(page, /conditions/).waitFor();
  // The first was a slip: on its day it is put right in the same entry.
  await say(page, /conditions/, "Rather not say");
  await answers(page, /conditions/).getByRole("button", { name: "Rather not say", pressed: true }).waitFor();
  assert.deepEqual(await told(), [condition("declined", undefined, undefined)]);

  await press(page, button("Add a condition"));
  assert.match(await focused(page), /^input/);
  await page.keyboard.press("Enter");
  await part(page).getByRole("alert").waitFor();
  // What was refused is of that form only.
  await press(page, button("Cancel"));
  await part(page).locator("form").waitFor({ state: "detached" });
  assert.equal(await part(page).getByRole("alert").count(), 0);
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /^input/);
  assert.equal(await part(page).getByRole("alert").count(), 0);
  await page.keyboard.type("Depression");
  await page.keyboard.press("Enter");
  await part(page).getByText("Depression · answered").waitFor();
  assert.equal(await focused(page), "button Add a condition");
  await page.keyboard.press("Enter");
  await page.keyboard.type("ADHD");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Dr. Example");
  await page.keyboard.press("Enter");
  await part(page).getByText("ADHD · diagnosed by Dr. Example · answered").waitFor();
  assert.equal(await answers(page, /conditions/).getByRole("button").count(), 1, "not \"I do not know\" beside a condition");

  const diagnosedBy = part(page).getByLabel("Who diagnosed it (if you like)");
  await press(page, putRight("Depression"));
  await tabTo(page, diagnosedBy);
  await page.keyboard.type("Family doctor");
  await press(page, button("Cancel"));
  assert.match(await focused(page), /^button Put it right\s?: Depression$/);
  await page.keyboard.press("Enter");
  assert.equal(await part(page).getByLabel("Condition, in your words").inputValue(), "Depression");
  assert.equal(await diagnosedBy.inputValue(), "", "what was cancelled is gone");
  await tabTo(page, diagnosedBy);
  await page.keyboard.type("Family doctor");
  await press(page, button("Save"));
  await part(page).getByText("Depression · diagnosed by Family doctor").waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${wide} wide`);
  assert.deepEqual(await told(), [
    condition("declined", undefined, undefined), condition("known", "Depression", "Family doctor"),
    condition("known", "ADHD", "Dr. Example"),
  ]);
  await visit(page, "own/visit");
  await part(page).getByText("Look at your answers: 1 of 15").waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a condition that was told by mistake is taken off the list, each time that it was told", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 320, height: 640 } });
  await visit(page, "own/visit");
  await part(page).evaluate(async ({ diary }) => {
    for (const [value, day] of [["ADHD", "2026-01-02"], ["Depression", "2026-02-03"], ["ADHD", "2026-03-04"]]) {
      await diary.record({ kind: "profile", topic: "condition", state: "known", value, day });
    }
  });
  await press(page, part(page).locator("summary"));
  const listed = () => part(page).getByRole("listitem").filter({ hasText: /^(ADHD|Depression) · answered/ });
  assert.equal(await listed().count(), 2);
  await press(page, part(page).getByRole("button", { name: /^Put it right\s?: ADHD$/ }));
  await press(page, part(page).getByRole("button", { name: "Take it off the list" }));
  await part(page).locator("form").waitFor({ state: "detached" });
  assert.equal(await focused(page), "button Add a condition");
  await listed().nth(1).waitFor({ state: "detached" });
  assert.match(await listed().innerText(), /^Depression/);
  const kept = await part(page).evaluate(async ({ diary }) => diary.entries({ kind: "profile" }));
  assert.deepEqual(kept.map(({ value, day }) => [value, day]), [["Depression", "2026-02-03"]]);
  // A new one has nothing to take off.
  await page.keyboard.press("Enter");
  await part(page).locator("form").waitFor();
  assert.equal(await part(page).getByRole("button", { name: "Take it off the list" }).count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
