// Measures the built core, package and demo in Chromium. `cargo xtask bench` runs it with the
// settings of the browser tests; DOSELINE_BENCH names what is measured; the results go to standard
// output as JSON, one row for each diary and series.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { demo, freshPage, launch } from "../browser/chromium.mjs";
import { exported, rate, save, shown, tableIn } from "../browser/diary.mjs";
import { diaries, seriesFiles } from "./diaries.mjs";
import { median } from "./measure.mjs";

/** How often the page is opened and used to find its longest tasks. */
const VISITS = 3;

const list = await diaries();
const browser = await launch();
try {
  const rows = [];
  for (const diary of list) rows.push(await measured(diary));
  rows.at(-1).tasks = await longestTasks(list.at(-1));
  const results = { version: browser.version(), rows, statistics: await statistics() };
  process.stdout.write(JSON.stringify(results));
} finally {
  await browser.close();
}

/** Runs `act` in a page that has nothing else on it, at the address of the demo, with some files. */
async function onPage(files, act, given) {
  const { context, page, complaints } = await freshPage(browser, { serviceWorkers: "block" });
  page.setDefaultTimeout(300_000);
  const types = { mjs: "text/javascript", js: "text/javascript", json: "application/json", wasm: "application/wasm" };
  await context.route(`${demo}bench/*`, async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1);
    if (name === "") {
      await route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Bench</title>" });
      return;
    }
    const body = typeof files[name] === "function" ? await files[name]() : await readFile(files[name]);
    await route.fulfill({ contentType: types[name.split(".").at(-1)], body });
  });
  await page.goto(`${demo}bench/`);
  const result = await page.evaluate(act, given);
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  await context.close();
  return result;
}

/** The estimators, and those of npm's packages. */
async function statistics() {
  const rows = [];
  for (const file of await seriesFiles()) {
    const files = {
      "measure.mjs": new URL("measure.mjs", import.meta.url),
      "statistics.mjs": new URL("statistics.mjs", import.meta.url),
      "doseline.js": new URL("../../target/bench-core/doseline.js", import.meta.url),
      "core.wasm": new URL("../../target/bench-core/doseline_bg.wasm", import.meta.url),
      "peers.js": bundledPeers,
      "augurs.wasm": new URL("changepoint_bg.wasm", import.meta.resolve("@bsull/augurs/changepoint")),
      "series.json": file,
    };
    rows.push(await onPage(files, async (folder) => {
      const { estimators, peers } = await import(`${folder}statistics.mjs`);
      const core = await import(`${folder}doseline.js`);
      await core.default({ module_or_path: `${folder}core.wasm` });
      const packages = await import(`${folder}peers.js`);
      await packages.startAugurs({ module_or_path: `${folder}augurs.wasm` });
      const series = await (await fetch(`${folder}series.json`)).json();
      return { ...estimators(core, series), peers: peers(packages, series) };
    }, `${demo}bench/`));
  }
  return rows;
}

async function bundledPeers() {
  const entry = fileURLToPath(new URL("peers.mjs", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry], bundle: true, format: "esm", platform: "browser", write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

/** Runs `measure.mjs` on a diary. */
async function measured(diary) {
  const files = {
    "measure.mjs": new URL("measure.mjs", import.meta.url),
    "doseline.js": new URL("../../target/core/doseline.js", import.meta.url),
    "core.wasm": new URL("../../target/core/doseline_bg.wasm", import.meta.url),
    "diary.json": diary.file,
  };
  return onPage(files, async ({ diary, demo }) => {
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
}

/**
 * The longest task of the demo's own thread, in milliseconds, at each step of a visit: a diary's file
 * is opened and its timeline drawn, looked at as a table, changed and handed out; the same is brought
 * into the reader's own diary and opened from there. Each is the median of the visits.
 */
async function longestTasks({ file, text, subject }) {
  const own = `${file}.own`;
  await writeFile(own, text.replace(`"subject":"${subject}"`, '"subject":"this-browser"'));
  const visits = [];
  for (let visit = 0; visit < VISITS; visit += 1) visits.push(await tasksOfVisit(file, own));
  return Object.fromEntries(
    Object.keys(visits[0]).map((step) => [step, median(visits.map((visit) => visit[step]))]),
  );
}

async function tasksOfVisit(file, own) {
  const { context, page } = await freshPage(browser);
  page.setDefaultTimeout(60_000);
  await page.goto(demo);
  await page.locator("input[type=file]").waitFor({ state: "attached" });
  const tasks = {};
  const step = async (name, act) => {
    await settled(page);
    await browser.startTracing(page, { categories: ["-*", "toplevel"] });
    await act();
    await settled(page);
    tasks[name] = longestIn(JSON.parse(await browser.stopTracing()).traceEvents);
  };
  const go = async (place) => {
    await page.evaluate((hash) => (location.hash = hash), `#${place}`);
    await shown(page, place.split("/")[1]);
  };
  const drawn = () => page.locator("doseline-timeline svg.drawing:not([aria-busy=true])").waitFor();
  await step("open", async () => {
    await page.locator("input[type=file]").setInputFiles(file);
    await drawn();
  });
  await step("table", () => tableIn(page, "doseline-timeline"));
  await step("today", () => go("file/today"));
  await step("record", async () => {
    await rate(page, "Mood", 4);
    await save(page);
  });
  await step("timeline", async () => {
    await go("file/timeline");
    await drawn();
  });
  await step("card", () => go("file/doses"));
  await step("export", () => exported(page));
  await go("own/more");
  await step("keep", async () => {
    await page.locator(".more input[type=file]").setInputFiles(own);
    await page.getByText(/^Entries added/).waitFor();
  });
  await page.goto(`${demo}#`);
  await step("reopen", async () => {
    await go("own/timeline");
    await drawn();
  });
  await context.close();
  return tasks;
}

/** The longest task of a page's main thread in a browser's trace, whose times are microseconds. */
function longestIn(events) {
  const place = ({ pid, tid }) => `${pid} ${tid}`;
  const main = new Set(
    events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(place),
  );
  const tasks = events.filter((event) => event.name.endsWith("RunTask") && main.has(place(event)));
  if (tasks.length === 0) throw new Error("the trace shows no task of the page");
  return Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000;
}

/** Resolves when the page has had time to draw. */
function settled(page) {
  return page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 300)));
}
