// The elements on pages that are not the demo: on a plain one, and coming and going.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { rate, save, wordsOf } from "./diary.mjs";

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

/** A page of its own beside the demo, under the demo's policy or under none. */
async function pageOf(browser, html, { policy = true } = {}) {
  const opened = await freshPage(browser);
  const headers = policy ? { "content-security-policy": (await fetch(demo)).headers.get("content-security-policy") } : {};
  const address = `${demo}a-page.html`;
  await opened.page.route(address, (route) => route.fulfill({ contentType: "text/html", body: html, headers }));
  await opened.page.goto(address);
  return opened;
}

const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">';

for (const [tag, words] of [
  ["doseline-response", /What happened at each dose[\s\S]*50 mg/],
  ["doseline-check-in", /How are you\?[\s\S]*Mood/],
  ["doseline-medicines", /Medicines[\s\S]*Sertraline/],
]) {
  test(`one module script and one tag with its file are all that <${tag}> needs`, async () => {
    const { context, page, complaints } = await pageOf(browser, `${head}
<script type="module" src="/pkg/dist/elements.js"></script>
<${tag} src="/diaries/example-depression.json"></${tag}>`);
    await page.locator(`${tag} .panel:not([role=status])`).waitFor();
    assert.match(await wordsOf(page, tag), words);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("a page hears of each entry by its identifier and of nothing that is in it", async () => {
  const { context, page, complaints } = await pageOf(browser, `${head}
<script type="module" src="/pkg/dist/elements.js"></script>
<main><doseline-check-in src="/diaries/example-depression.json"></doseline-check-in></main>`);
  await page.locator("doseline-check-in form").waitFor();
  await page.evaluate(() => {
    window.heard = [];
    document.querySelector("main").addEventListener("doseline-entry", (event) => {
      const own = Object.fromEntries(Object.entries(event).filter(([name]) => name !== "isTrusted"));
      window.heard.push({ own, from: event.target.localName });
    });
  });
  await rate(page, "Mood", 3);
  await save(page);
  const [{ own, from }, ...more] = await page.evaluate(() => window.heard);
  assert.deepEqual(more, []);
  assert.equal(from, "doseline-check-in");
  const [entry] = await page.evaluate(async (id) => {
    const { diary } = document.querySelector("doseline-check-in");
    return (await diary.entries({ kind: "check-in" })).filter((one) => one.id === id);
  }, own.id);
  assert.deepEqual(entry.ratings, { mood: 3 });
  assert.deepEqual(Object.keys(own), ["id"]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the README's page shows a diary that its own store keeps", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const [, sample] = /```html\r?\n([\s\S]*?)```/.exec(readme);
  assert.ok(sample.trim().split("\n").length <= 10, "ten lines");
  const imports = { doseline: "/pkg/dist/index.js", "doseline/elements": "/pkg/dist/elements.js" };
  const { context, page, complaints } = await pageOf(
    browser,
    `${head}<script type="importmap">${JSON.stringify({ imports })}</script>\n${sample}`,
    { policy: false },
  );
  const element = page.locator("doseline-timeline");
  await element.getByText("Nothing is recorded").waitFor();
  await page.evaluate(() =>
    document.querySelector("doseline-timeline").diary.record({ kind: "check-in", ratings: { mood: 4 } }));
  await element.locator("svg.drawing").waitFor();
  assert.match(await wordsOf(page, "doseline-timeline"), /Mood/);
  await page.reload();
  await element.locator("svg.drawing").waitFor();
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
