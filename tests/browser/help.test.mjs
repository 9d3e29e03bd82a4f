// "Need help now": the person's own plan first, without a network too, and the path after an answer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, keptForOffline, launch } from "./chromium.mjs";
import { focused, visit } from "./diary.mjs";
import { networkTo } from "./network.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const dialog = (page) => page.getByRole("dialog", { name: "Need help now" });
const open = (page) => page.getByRole("button", { name: "Need help now" }).click();

/** Records a draft in the open diary, as an element would. */
const record = (page, draft) =>
  page.locator("doseline-check-in").evaluate(({ diary }, draft) => diary.record(draft), draft);

const item9 = (answer) => ({ kind: "assessment", instrument: "phq-9", items: [1, 1, 1, 1, 1, 1, 1, 1, answer] });

test("a plan is written, kept, and shown first without a network; nothing is asked of the network", async () => {
  const network = await networkTo(demo);
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(network.address);
  await keptForOffline(page);
  await visit(page, "own/today", network.address);
  network.requests.length = 0;
  await open(page);
  await dialog(page).getByRole("button", { name: "Write a plan for hard hours" }).click();
  await dialog(page).getByLabel("What I can do by myself").fill("A walk by the river\n\nCall Ana ");
  await dialog(page).getByLabel("My reasons to go on").fill("My dog");
  await dialog(page).getByRole("button", { name: "Save the plan" }).click();
  await dialog(page).getByText("A walk by the river").waitFor();
  await dialog(page).getByRole("button", { name: "Add someone" }).click();
  await dialog(page).getByLabel("Name").fill("Dr. Vogel");
  await dialog(page).getByLabel("Phone").fill("call me");
  await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
  await dialog(page).getByRole("alert").waitFor();
  await dialog(page).getByLabel("Phone").fill("+49 30 123 456");
  await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
  assert.equal(await dialog(page).getByRole("link", { name: /^Call \+49 30 123 456/ }).getAttribute("href"), "tel:+4930123456");
  assert.deepEqual(network.requests, []);

  await network.cut();
  await page.reload();
  await visit(page, "own/timeline", network.address);
  await open(page);
  const words = await dialog(page).innerText();
  const order = ["You do not have to be alone", "A walk by the river", "Call Ana", "My dog", "Dr. Vogel", "988", "findahelpline.com", "not watched"];
  const places = order.map((text) => words.indexOf(text));
  assert.ok(places.every((place) => place >= 0), `${places}`);
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("numbers are there before a diary is, and stay while one opens", async () => {
  const { context, page, complaints } = await freshPage(browser, { serviceWorkers: "block" });
  // The core never comes, from no cache either: what is shown cannot rest on it.
  await page.route("**/core.wasm", () => undefined);
  await page.goto(demo);
  await open(page);
  await dialog(page).getByRole("link", { name: "Call 988, 988 crisis line" }).waitFor();
  await page.evaluate(() => (location.hash = "#example-1/today"));
  await dialog(page).getByRole("link", { name: "findahelpline.com" }).waitFor();
  assert.equal(await dialog(page).getByText("My plan").count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("right after a new answer the calm path opens; nobody is said to be told", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await record(page, { kind: "safety-plan", whatHelps: ["A bath"] });
  await record(page, item9(0));
  assert.equal(await dialog(page).isVisible(), false);
  await record(page, item9(2));
  await dialog(page).waitFor();
  assert.equal(await focused(page), "h2 Need help now");
  const words = await dialog(page).innerText();
  assert.match(words, /You wrote that you had thoughts[\s\S]*A bath[\s\S]*No one sees this but you\./);
  assert.doesNotMatch(words, /clinic|message/);
  await page.keyboard.press("Escape");
  await page.reload();
  await page.locator("doseline-flags .flag").waitFor();
  assert.equal(await dialog(page).isVisible(), false, "what was there before does not open it again");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an unchanged answer shows a quiet card and opens nothing", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await record(page, { ...item9(1), day: new Date(Date.now() - 9 * 86_400_000).toISOString().slice(0, 10) });
  await dialog(page).waitFor();
  await page.keyboard.press("Escape");
  await record(page, item9(1));
  const card = page.locator("doseline-help .card");
  await card.waitFor();
  assert.equal(await dialog(page).isVisible(), false);
  await card.getByRole("button", { name: "Not now" }).click();
  await card.waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an answer of another device opens the path once, as soon as the page is seen", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  // What a browser says of a page behind another one.
  await page.evaluate(() => {
    window.seen = "hidden";
    Object.defineProperty(document, "visibilityState", { get: () => window.seen });
  });
  await record(page, item9(2));
  await page.locator("doseline-flags .flag").waitFor();
  assert.equal(await dialog(page).isVisible(), false);
  await page.evaluate(() => {
    window.seen = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await dialog(page).waitFor();
  await page.reload();
  await page.locator("doseline-flags .flag").waitFor();
  assert.equal(await dialog(page).isVisible(), false, "once");

  // As in a browser that never showed it: the answer came with a copy or from another device.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await dialog(page).waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.doesNotMatch(kept, /crisis|phq|item/i, "a setting names nothing of health");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("words of notes are looked at only after the person ticked it", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  const card = page.locator("doseline-help .card");
  await record(page, { kind: "check-in", note: "I want to die" });
  await open(page);
  assert.equal(await card.count(), 0);
  await dialog(page).getByLabel(/^Show me a quiet card/).check();
  await card.waitFor({ state: "attached" });
  assert.deepEqual(complaints, []);
  await context.close();
});

test("one tag is enough on a plain page, and leaves out other countries", async () => {
  const { context, page } = await freshPage(browser);
  await page.goto(`${demo}www/examples/plain.html`);
  await page.evaluate(() => {
    const help = document.createElement("doseline-help");
    help.setAttribute("country", "DE");
    document.body.prepend(help);
  });
  await open(page);
  await dialog(page).getByRole("link", { name: "findahelpline.com" }).waitFor();
  assert.doesNotMatch(await dialog(page).innerText(), /988|911/);
  await context.close();
});
