// Hashes the views of the diaries in the files that are named, in a page of Chromium.
import { readFile } from "node:fs/promises";
import { demo, freshPage, launch } from "../browser/chromium.mjs";

const files = process.argv.slice(2);
const served = {
  "hashes.mjs": ["text/javascript", new URL("hashes.mjs", import.meta.url)],
  "doseline.js": ["text/javascript", new URL("../../target/core/doseline.js", import.meta.url)],
  "core.wasm": ["application/wasm", new URL("../../target/core/doseline_bg.wasm", import.meta.url)],
  ...Object.fromEntries(files.map((file, place) => [`${place}.json`, ["application/json", file]])),
};
const browser = await launch();
try {
  const { context, page } = await freshPage(browser, { serviceWorkers: "block" });
  page.setDefaultTimeout(300_000);
  await context.route(`${demo}bits/*`, async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1);
    if (name === "") return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Bits</title>" });
    const [contentType, file] = served[name];
    return route.fulfill({ contentType, body: await readFile(file) });
  });
  await page.goto(`${demo}bits/`);
  const all = await page.evaluate(async ({ demo, count }) => {
    const { hashes } = await import(`${demo}bits/hashes.mjs`);
    const { default: init, Session } = await import(`${demo}bits/doseline.js`);
    await init({ module_or_path: `${demo}bits/core.wasm` });
    const all = [];
    for (let place = 0; place < count; place += 1) {
      all.push(...hashes(Session, await (await fetch(`${demo}bits/${place}.json`)).json()));
    }
    return all;
  }, { demo, count: files.length });
  process.stdout.write(JSON.stringify(all));
} finally {
  await browser.close();
}
