// Without a network: after the first visit nothing is asked of it, and a second works without it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { demo, freshPage, keptForOffline, launch } from "./chromium.mjs";
import { rate, save, shown, visit, wordsOf } from "./diary.mjs";
import { networkTo } from "./network.mjs";

/** An exported diary with every field of the format. */
const madeUp = fileURLToPath(new URL("../fixtures/diary/every-field.json", import.meta.url));

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("no request once the files are kept, and a second visit with the network cut", async () => {
  const network = await networkTo(demo);
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(network.address);
  await keptForOffline(page);
  network.requests.length = 0;
  const screens = ["timeline", "doses", "visit", "today", "more"];
  for (const place of ["example-1", "example-2", "example-3"]) {
    for (const screen of screens) await visit(page, `${place}/${screen}`, network.address);
  }
  await page.getByRole("link", { name: "Back to the choice" }).click();
  await page.locator(".choice input[type=file]").setInputFiles(madeUp);
  await shown(page, "timeline");
  assert.match(await page.locator(".banner").innerText(), /Opened from a file\./);
  for (const screen of screens) await visit(page, `file/${screen}`, network.address);
  await visit(page, "own/today", network.address);
  await rate(page, "Mood", 7);
  await save(page);
  await page.getByRole("button", { name: "Need help now" }).click();
  await page.keyboard.press("Escape");
  assert.deepEqual(network.requests, []);

  await network.cut();
  await assert.rejects(fetch(network.address));
  assert.deepEqual(complaints, []);
  await page.reload();
  await shown(page, "today");
  await page.getByRole("link", { name: "Timeline" }).click();
  await shown(page, "timeline");
  assert.match(await wordsOf(page, "doseline-timeline"), /Mood/);
  await visit(page, "example-3/doses", network.address);
  await context.close();
});

test("a new version waits until it is asked for, then the page reloads once", async () => {
  const network = await networkTo(demo);
  const { context, page } = await freshPage(browser);
  await page.goto(network.address);
  await keptForOffline(page);

  // Deploy: another worker, whose set holds a page that can be told from the old one.
  const path = "/service-worker.js";
  const worker = await (await fetch(new URL(path, demo))).text();
  const index = await (await fetch(demo)).text();
  const changed = index.replace("<title>Doseline</title>", "<title>Doseline</title><meta name=\"version\" content=\"2\">");
  assert.notEqual(changed, index);
  network.replaced.set(path, withFile(worker, "index.html", changed));
  network.replaced.set("/index.html", changed);
  let loads = 0;
  page.on("load", () => (loads += 1));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  const button = page.getByRole("button", { name: "Load it" });
  await button.waitFor();
  assert.equal(await page.locator("meta[name=version]").count(), 0);
  assert.equal(loads, 0);

  await Promise.all([page.waitForEvent("load"), button.click()]);
  await page.locator("a.card").first().waitFor();
  assert.equal(await page.locator("meta[name=version]").count(), 1);
  assert.equal(loads, 1);
  const caches = await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("doseline-")));
  assert.equal(caches.length, 1, "the old set is gone");
  await network.cut();
  await context.close();
});

test("a set with a broken file is not taken", async () => {
  const network = await networkTo(demo);
  network.replaced.set("/demo.css", "broken");
  const { context, page } = await freshPage(browser);
  // Before the worker has begun there is nothing to find either.
  await Promise.all([context.waitForEvent("serviceworker"), page.goto(network.address)]);
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return !registration && (await caches.keys()).length === 0;
  });
  await network.cut();
  await context.close();
});

/** The worker's text with another digest for one file, and so another version. */
function withFile(worker, path, text) {
  const entry = new RegExp(`(path:"${path.replace(".", "\\.")}",sha256:")[0-9a-f]{64}|(sha256:")[0-9a-f]{64}(",path:"${path.replace(".", "\\.")}")`);
  assert.match(worker, entry);
  const digest = createHash("sha256").update(text).digest("hex");
  return worker
    .replace(entry, (_, before, before2, after = "") => `${before ?? before2}${digest}${after}`)
    .replace(/doseline-[0-9a-f]{16}|"[0-9a-f]{16}"/, (version) => version.replace(/[0-9a-f]{16}/, digest.slice(0, 16)));
}
