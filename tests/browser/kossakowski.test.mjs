// The real diary: what one patient recorded over 239 days, opened as a file. Numbers are those of
// its publication (Kossakowski and others 2017, osf.io/j4fg8) as the tests of the core count them.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { freshPage, launch, demo } from "./chromium.mjs";
import { shown, tableOf } from "./diary.mjs";

const project = resolve(import.meta.dirname, "../..");
const folder = process.env.DOSELINE_SHARED ?? resolve(project, "../shared");
const file = resolve(folder, "oracles/data/kossakowski/kossakowski_beeps_full.csv");
const skip = existsSync(file) ? false : "DOSELINE_SHARED has no oracles/data/kossakowski";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("the published diary opens from its file", { skip }, async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(demo);
  await page.locator("input[type=file]").setInputFiles(file);
  await shown(page, "timeline");
  assert.match(await page.locator(".banner").innerText(), /1,476 rows on 238 days were read/);

  await page.getByRole("link", { name: "Doses" }).click();
  await shown(page, "doses");
  const card = page.locator("doseline-response");
  assert.match(await card.locator("h2").innerText(), /^What happened at each dose/);
  assert.equal(await card.locator("path.curve").count(), 0);
  const [, ...levels] = await tableOf(page, "doseline-response");
  // The daily doses of the taper, mg, and the time without.
  const doses = [9, 12, 18, 25, 37, 51, 73, 105, 150];
  assert.deepEqual(levels.map(([label]) => label).sort(), [...doses.map((dose) => `${dose} mg`), "without it"].sort());
  assert.deepEqual(complaints, []);
  await context.close();
});
