// Goals and the signs of a relapse: set, rated, chosen, ticked, taken away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { freshPage, launch } from "./chromium.mjs";
import { exported, focused, save, visit } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const kept = async (page, kind) => (await exported(page)).json.entries.filter((entry) => entry.kind === kind);

test("a goal is set in one's own words, rated, the rating taken back, and removed", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 320, height: 640 } });
  await visit(page, "own/today");
  const goals = page.locator("doseline-goals");
  const words = goals.getByLabel("A goal in your words");
  const add = goals.getByRole("button", { name: "Add", exact: true });
  await add.click();
  await goals.getByRole("alert").waitFor();
  assert.equal(await words.getAttribute("aria-invalid"), "true");
  await words.fill("Cook three times a week");
  await add.click();
  const goal = goals.getByRole("radiogroup", { name: "Cook three times a week" });
  await goal.locator("label", { hasText: /^Less than hoped$/ }).click();
  await goal.locator("input:checked").waitFor({ state: "attached" });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${wide} wide`);
  let [entry] = await kept(page, "goal");
  assert.deepEqual([entry.text, entry.attainment], ["Cook three times a week", -1]);
  await visit(page, "own/today");
  await goal.locator("label", { hasText: /^Less than hoped$/ }).click();
  await goal.locator("input:checked").waitFor({ state: "detached" });
  [entry] = await kept(page, "goal");
  assert.equal(entry.attainment, undefined);
  await visit(page, "own/today");
  await goals.getByRole("button", { name: /^Remove/ }).click();
  await goal.waitFor({ state: "detached" });
  assert.equal(await focused(page), "h2 What I want to get to");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("signs are chosen while well and then offered in the check-in", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  const goals = page.locator("doseline-goals");
  await goals.getByRole("button", { name: "short nights", exact: true }).click();
  await goals.getByLabel("A sign in your words").fill("the phone stays off");
  await goals.getByRole("button", { name: "Add this sign" }).click();
  await goals.getByRole("button", { name: "Keep these signs" }).click();
  await goals.getByText(/Chosen on/).waitFor();
  const form = page.locator("doseline-check-in");
  await form.getByRole("button", { name: "the phone stays off", exact: true }).click();
  await save(page);
  const [signs] = await kept(page, "relapse-signs");
  assert.deepEqual(signs.signs, ["short nights", "the phone stays off"]);
  const [checkIn] = await kept(page, "check-in");
  assert.deepEqual(checkIn.tags, ["the phone stays off"]);
  assert.deepEqual(complaints, []);
  await context.close();
});
