// The real diary: what one patient recorded over 239 days, opened as a file. Numbers are those of
// its publication (Kossakowski and others 2017, osf.io/j4fg8) as the tests of the core count them.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { freshPage, launch, demo } from "./chromium.mjs";
import { shown, tableOf } from "./diary.mjs";

const project = fileURLToPath(new URL("../..", import.meta.url));
const folder = process.env.DOSELINE_SHARED ?? resolve(project, "../shared");
const file = resolve(folder, "oracles/data/kossakowski/kossakowski_beeps_full.csv");
const skip = existsSync(file) ? false : "DOSELINE_SHARED has no oracles/data/kossakowski";

/** The heads of the timeline's table and the cells of every day, from the first on. */
async function wholeTable(page) {
  const earlier = page.locator("doseline-timeline").getByRole("button", { name: "Earlier" });
  const [heads] = await tableOf(page, "doseline-timeline");
  const first = () => page.locator("doseline-timeline .room tbody time").first().getAttribute("datetime");
  const found = new Map();
  for (;;) {
    const rows = await page.locator("doseline-timeline .room tbody tr").evaluateAll((all) =>
      all.map((row) => [row.querySelector("time").dateTime, [...row.cells].map((cell) => cell.innerText.trim())]));
    for (const [day, cells] of rows) found.set(day, cells);
    const before = await first();
    if (await earlier.isDisabled()) break;
    await earlier.click();
    if ((await first()) === before) break;
  }
  return { heads, days: [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cells]) => cells) };
}

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("the published diary opens from its file", { skip }, async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(demo);
  await page.locator("input[type=file]").setInputFiles(file);
  await shown(page, "timeline");
  assert.match(await page.locator(".banner").innerText(), /1,476 rows on 238 days were read/);

  // The timeline of the weekly depression scores and of feeling down, all 239 days of its table.
  await page.evaluate(() => document.querySelector("doseline-timeline")
    .setAttribute("outcomes", "scl-90-r-depression-mean mood_down"));
  await page.locator("doseline-timeline .lane.daily").waitFor();
  const { heads, days } = await wholeTable(page);
  assert.equal(days.length, 239);
  const column = (name) => {
    const place = heads.findIndex((head) => name.test(head));
    assert.ok(place > 0, `${name} in ${heads}`);
    return days.map((cells) => cells[place]);
  };
  const scores = column(/depression/i);
  assert.equal(scores.filter((cell) => cell !== "").length, 28);
  // The best single split of the scores: after day 127, means 1.255 and 1.981.
  const mean = (cells) => {
    const values = cells.filter((cell) => cell !== "").map(Number.parseFloat);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  // The table tells two decimals, so a mean may be off by half a hundredth.
  assert.ok(Math.abs(mean(scores.slice(0, 127)) - 1.255) < 0.005, mean(scores.slice(0, 127)));
  assert.ok(Math.abs(mean(scores.slice(140)) - 1.981) < 0.005, mean(scores.slice(140)));
  assert.ok(scores.slice(127, 140).every((cell) => cell === ""));
  const ratings = column(/down/i);
  assert.equal(ratings[124], "", "nothing was answered on day 125");
  assert.equal(ratings.filter((cell) => cell === "").length, 1);
  // The dose of each day, and the ten days from which it is another.
  const prescribed = column(/venlafaxine/i).map(Number.parseFloat);
  const changes = prescribed.flatMap((dose, place) => (dose === prescribed[place - 1] ? [] : [[place + 1, dose]]));
  assert.deepEqual(changes, [
    [1, 150], [44, 105], [50, 73], [57, 51], [64, 37], [71, 25], [78, 18], [85, 12], [92, 9], [99, 0],
  ]);

  await page.getByRole("link", { name: "Doses" }).click();
  await shown(page, "doses");
  const card = page.locator("doseline-response");
  assert.match(await card.locator("h2").innerText(), /^What happened at each dose/);
  assert.equal(await card.locator("path.curve").count(), 0);
  assert.match(await card.locator(".finding").first().innerText(), /dose and time ran together/);
  const [, ...levels] = await tableOf(page, "doseline-response");
  // The daily doses of the taper, mg, and the time without.
  const doses = [9, 12, 18, 25, 37, 51, 73, 105, 150];
  assert.deepEqual(levels.map(([label]) => label).sort(), [...doses.map((dose) => `${dose} mg`), "without it"].sort());
  assert.deepEqual(complaints, []);
  await context.close();
});
