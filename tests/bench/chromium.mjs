// Measures the built core, package and demo in Chromium. `cargo xtask bench` runs it with the
// settings of the browser tests; DOSELINE_BENCH names the list of diaries; the results go to
// standard output as JSON, one row for each diary.
import { readFile } from "node:fs/promises";
import { demo, freshPage, launch } from "../browser/chromium.mjs";
import { rate, save, shown } from "../browser/diary.mjs";
import { diaries } from "./diaries.mjs";
import { median } from "./measure.mjs";

/** How often the page is opened and used to find its longest tasks. */
const VISITS = 3;

const list = await diaries();
const browser = await launch();
try {
  const rows = [];
  for (const diary of list) rows.push(await measured(diary));
  rows.at(-1).tasks = await longestTasks(list.at(-1));
  process.stdout.write(JSON.stringify({ version: browser.version(), rows }));
} finally {
  await browser.close();
}

/** Runs `measure.mjs` in a page that has nothing else on it, at the address of the demo. */
async function measured(diary) {
  const { context, page, complaints } = await freshPage(browser, { serviceWorkers: "block" });
  page.setDefaultTimeout(300_000);
  const files = {
    "": ["text/html", "<!doctype html><title>Bench</title>"],
    "measure.mjs": ["text/javascript", new URL("measure.mjs", import.meta.url)],
    "doseline.js": ["text/javascript", new URL("../../target/core/doseline.js", import.meta.url)],
    "core.wasm": ["application/wasm", new URL("../../target/core/doseline_bg.wasm", import.meta.url)],
    "diary.json": ["application/json", diary.file],
  };
  await context.route(`${demo}bench/*`, async (route) => {
    const [contentType, source] = files[new URL(route.request().url()).pathname.split("/").at(-1)];
    const body = contentType === "text/html" ? source : await readFile(source);
    await route.fulfill({ contentType, body });
  });
  await page.goto(`${demo}bench/`);
  const row = await page.evaluate(async ({ diary, demo }) => {
    const { fill, opening, openingByApi, options, using } = await import(`${demo}bench/measure.mjs`);
    const { default: init, Session } = await import(`${demo}bench/doseline.js`);
    const api = await import(`${demo}doseline/index.js`);
    await init({ module_or_path: `${demo}bench/core.wasm` });
    diary.text = await (await fetch(`${demo}bench/diary.json`)).text();
    const store = () => api.indexedDbStore("bench");
    await fill(store(), diary);
    const open = await api.openDiary({ ...options(diary), store: store() });
    const row = {
      ...(await opening(Session, diary)),
      ...(await using(open, diary)),
      ...(await openingByApi(api, store, diary)),
    };
    await open.close();
    return row;
  }, { diary: { ...diary, text: undefined }, demo });
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  await context.close();
  return row;
}

/**
 * The longest task of the demo's own thread, in milliseconds, while a diary's file is opened and its
 * timeline drawn, a check-in is recorded, and the timeline and a card are drawn after it: each the
 * median of the visits. A browser reports tasks of 50 ms and more; 0 means that there was none.
 */
async function longestTasks({ file }) {
  const visits = [];
  for (let visit = 0; visit < VISITS; visit += 1) visits.push(await tasksOfVisit(file));
  return Object.fromEntries(
    Object.keys(visits[0]).map((step) => [step, median(visits.map((visit) => visit[step]))]),
  );
}

async function tasksOfVisit(file) {
  const { context, page } = await freshPage(browser);
  page.setDefaultTimeout(60_000);
  await context.addInitScript(() => {
    window.tasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.tasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
  });
  await page.goto(demo);
  await page.locator("input[type=file]").waitFor({ state: "attached" });
  const tasks = {};
  const step = async (name, act) => {
    await settled(page);
    await act();
    await settled(page);
    tasks[name] = await page.evaluate(() => Math.max(0, ...window.tasks.splice(0)));
  };
  const go = async (screen) => {
    await page.evaluate((hash) => (location.hash = hash), `#file/${screen}`);
    await shown(page, screen);
  };
  await settled(page);
  await page.evaluate(() => window.tasks.splice(0));
  await step("open", async () => {
    await page.locator("input[type=file]").setInputFiles(file);
    await shown(page, "timeline");
  });
  await step("today", () => go("today"));
  await step("record", async () => {
    await rate(page, "Mood", 4);
    await save(page);
  });
  await step("timeline", () => go("timeline"));
  await step("card", () => go("doses"));
  await context.close();
  return tasks;
}

/** Resolves when the page has had time to draw and to tell of its tasks. */
function settled(page) {
  return page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 300)));
}
