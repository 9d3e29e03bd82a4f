// The elements on pages that are not the demo: on a plain one, and coming and going.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { wordsOf } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("one module script and one tag show a diary on a plain page", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${demo}www/examples/plain.html`);
  const timeline = page.locator("doseline-timeline");
  await timeline.locator(".finding").first().waitFor();
  assert.match(await wordsOf(page, "doseline-timeline"), /Venlafaxine/);
  assert.ok((await timeline.locator("svg path").count()) > 5);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("200 times mounted and unmounted, an element leaves no listener behind", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${demo}www/examples/plain.html`);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  await devtools.send("HeapProfiler.enable");
  const listeners = async () => {
    // What a round frees may hold what the next one frees.
    for (let round = 0; round < 3; round += 1) {
      await devtools.send("HeapProfiler.collectGarbage");
      await page.waitForTimeout(200);
    }
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "JSEventListeners").value;
  };
  await page.evaluate(async () => {
    document.querySelector("doseline-timeline").remove();
    const { openDiary, memoryStore } = await import("/pkg/dist/index.js");
    const file = await (await fetch("/diaries/example-depression.json")).text();
    const diary = await openDiary({ subject: null, store: memoryStore(), file });
    /** How many listeners the diary has now. */
    window.held = 0;
    const { addEventListener, removeEventListener } = diary;
    diary.addEventListener = (...all) => (window.held++, addEventListener.apply(diary, all));
    diary.removeEventListener = (...all) => (window.held--, removeEventListener.apply(diary, all));
    const names = ["check-in", "medicines", "questionnaire", "timeline", "response", "trials", "exposure", "lag", "journey",
      "visit", "record", "profile"];
    const tags = names.map((name) => `doseline-${name}`);
    window.comeAndGo = async (times) => {
      for (let time = 0; time < times; time += 1) {
        const element = document.createElement(tags[time % tags.length]);
        element.diary = diary;
        document.body.append(element);
        // Until it shows its data, or in one case of six not even that long.
        for (let wait = 0; time % 6 > 0 && wait < 200 && !element.shadowRoot.querySelector("h2"); wait += 1) {
          await new Promise((done) => setTimeout(done, 5));
        }
        element.remove();
      }
      await diary.today();
    };
  });
  await page.evaluate(() => window.comeAndGo(20));
  const before = await listeners();
  await page.evaluate(() => window.comeAndGo(200));
  const after = await listeners();
  assert.equal(await page.evaluate(() => window.held), 0);
  assert.ok(after <= before, `${after} listeners after 200 elements, ${before} before`);
  assert.deepEqual(complaints, []);
  await context.close();
});
