// The page loads under its own policy, and works again with the server out of reach.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, launch } from "./chromium.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("the page opens without an error and without breaking its content policy", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const response = await page.goto(demo);
  assert.match(response.headers()["content-security-policy"], /^default-src 'none'/);
  await page.waitForSelector("doseline-version p");
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a second visit works with the network cut", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(demo);
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state));
  await context.setOffline(true);
  await assert.rejects(page.evaluate(() => fetch("/pkg/package.json")), /Failed to fetch/);
  await page.reload();
  await page.waitForSelector("doseline-version p");
  await context.close();
});
