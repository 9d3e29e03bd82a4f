// Each made-up example: its numbers on the page are those of its file.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { diaryFile, examples, shown, tableIn, tableOf, visit, wordsOf } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** `20 Nov 2026` and `2026-11-20` are one day; the table carries the second in its `time`. */
async function timelineDays(page) {
  return (await tableIn(page, "doseline-timeline")).evaluate((table) => {
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.innerText.trim());
    const days = [...table.tBodies[0].rows].map((row) => [
      row.querySelector("time").dateTime,
      Object.fromEntries([...row.cells].map((cell, column) => [heads[column], cell.innerText.trim()])),
    ]);
    return { heads, days: Object.fromEntries(days) };
  });
}

test("the choice offers three diaries that say they are made up", async () => {
  const { context, page, complaints } = await freshPage(browser);
  const response = await page.goto(demo);
  assert.match(response.headers()["content-security-policy"], /^default-src 'none'/);
  const cards = page.locator("a.card[href*=example]");
  await cards.first().waitFor();
  const titles = await cards.locator("strong").allInnerTexts();
  assert.equal(titles.length, 3);
  for (const title of titles) assert.match(title, /^Made-up example/);
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const number of [1, 2, 3]) {
  test(`example ${number}: the timeline's table holds the file's scores, the card its doses`, async () => {
    const example = (await examples())[number - 1];
    const entries = (await diaryFile(example)).entries;
    const { context, page, complaints } = await freshPage(browser);
    await page.goto(demo);
    await page.locator("a.card[href*=example]").nth(number - 1).click();
    await shown(page, "timeline");
    assert.match(await page.locator(".banner").innerText(), /^Made-up example: .*\. Changes here are not kept\./);
    assert.match(page.url(), new RegExp(`#example-${number}/timeline$`));
    assert.ok((await page.locator("doseline-timeline .finding").first().innerText()).length > 40);

    // The assessment whose lane is shown: its totals as they stand in the file.
    const { heads, days } = await timelineDays(page);
    const assessments = entries.filter(({ kind }) => kind === "assessment");
    assert.ok(assessments.length >= 10);
    const lane = heads.find((head) => /PHQ-9|depression/i.test(head));
    assert.ok(lane, `a lane of ${heads}`);
    const shownDays = Object.keys(days);
    assert.equal(shownDays.length, 100, "the table shows the last 100 days");
    const last = shownDays.at(-1);
    assert.equal(last, example.now.slice(0, 10));
    const instrument = assessments.find(({ instrument }) => lane.startsWith("PHQ") ? instrument === "phq-9" : instrument !== "phq-9").instrument;
    const expected = assessments.filter((entry) => entry.instrument === instrument && entry.day in days);
    // Every fourth week in example 2, every second or week in the others: at least four in 100 days.
    assert.ok(expected.length >= 4, `${expected.length} of ${instrument} for ${lane}`);
    for (const { day, items, total } of expected) {
      const score = total ?? items.reduce((sum, item) => sum + item, 0);
      assert.equal(Number.parseFloat(days[day][lane]), Math.round(score * 100) / 100, `${lane} on ${day}`);
    }

    await page.getByRole("link", { name: "Doses" }).click();
    await shown(page, "doses");
    const title = await page.locator("doseline-response h2").innerText();
    assert.match(title, /^What happened at each dose/);
    const [, ...levels] = await tableOf(page, "doseline-response");
    assert.ok(levels.length >= 2);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("what is only taken as needed has its doses, and no due dose, no trial and no dose of a day", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "example-2/timeline");
  const { heads } = await timelineDays(page);
  assert.ok(heads.some((head) => head.startsWith("Ibuprofen")), `${heads}`);
  const told = await page.locator("doseline-timeline .finding").allInnerTexts();
  assert.ok(told.length > 0);
  assert.deepEqual(told.filter((sentence) => /ibuprofen/i.test(sentence)), []);
  await visit(page, "example-2/doses");
  const medicines = await page.locator("doseline-response").getByLabel("Medicine").locator("option").allInnerTexts();
  assert.ok(medicines.length > 0 && !medicines.includes("Ibuprofen"), `${medicines}`);
  for (const card of ["doseline-trials", "doseline-exposure", "doseline-lag"]) {
    assert.doesNotMatch(await wordsOf(page, card), /ibuprofen/i, card);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an example's changes are not kept", async () => {
  const { context, page } = await freshPage(browser);
  await visit(page, "example-1/today");
  const taken = page.locator("doseline-medicines[show=doses]").getByRole("button", { name: /^Taken/ });
  const before = await taken.count();
  if (before > 0) {
    await taken.first().click();
    await page.locator("doseline-medicines[show=doses] .saved").waitFor();
  }
  await page.reload();
  await shown(page, "today");
  assert.equal(await taken.count(), before);
  assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), []);
  await context.close();
});

test("an address that leads nowhere leads to the choice, and “Need help now” is everywhere", async () => {
  const { context, page } = await freshPage(browser);
  for (const place of ["", "#nowhere", "#file/today", "#example-9/today", "#own/today", "#own/timeline", "#own/doses", "#own/more"]) {
    if (place.startsWith("#own")) await visit(page, place.slice(1));
    else await page.goto(demo + place);
    await page.getByRole("button", { name: "Need help now" }).click();
    const dialog = page.getByRole("dialog", { name: "Need help now" });
    assert.match(await dialog.innerText(), /988[\s\S]*findahelpline\.com[\s\S]*not watched by anyone/);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Need help now");
  }
  await context.close();
});
