// A diary of one's own: kept in this browser, made by keyboard alone, taken back, handed out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { exported, focused, press, rate, save, shown, tableOf, visit, wordsOf } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Entries without what differs between two diaries of the same: nothing does. */
const bodies = ({ entries }) => entries.map((entry) => JSON.stringify(entry)).sort();

test("a check-in is still there after a reload, can be taken back, and is on the timeline", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(demo);
  await page.getByRole("link", { name: /^Start your own/ }).click();
  await shown(page, "today");
  assert.match(await page.locator(".banner").innerText(), /Kept in this browser only\./);

  await rate(page, "Mood", 4);
  await rate(page, "Anxiety", 9);
  await rate(page, "Anxiety", 9);
  assert.equal(await page.locator("doseline-check-in input:checked").count(), 1, "a second tap clears");
  await save(page);
  assert.equal(await focused(page), "h2 How are you?");
  assert.equal(await page.locator("doseline-check-in input:checked").count(), 0, "no earlier answer is shown");

  await rate(page, "Mood", 8);
  await save(page);
  await page.locator("doseline-check-in").getByRole("button", { name: "Undo" }).click();
  await page.locator("doseline-check-in").getByText("Taken back").waitFor();

  await page.reload();
  await shown(page, "today");
  const { name, json } = await exported(page);
  assert.match(name, /^doseline-\d{4}-\d\d-\d\d\.json$/);
  const kept = json.entries.filter(({ kind }) => kind === "check-in");
  assert.deepEqual(kept.map(({ ratings }) => ratings), [{ mood: 4 }]);

  await page.getByRole("link", { name: "Timeline" }).click();
  await shown(page, "timeline");
  assert.match(await wordsOf(page, "doseline-timeline"), /Mood/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("nothing filled in is said, not refused in silence; a future day is refused beside its field", async () => {
  const { context, page } = await freshPage(browser);
  await visit(page, "own/today");
  const form = page.locator("doseline-check-in");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  assert.match(await form.getByRole("alert").innerText(), /Nothing is filled in yet/);
  await rate(page, "Mood", 5);
  await form.getByLabel("When").selectOption("other");
  await form.getByLabel("Day", { exact: true }).fill("2999-01-01");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  const field = form.getByLabel("Day", { exact: true });
  await form.getByRole("alert").waitFor();
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  await context.close();
});

test("by keyboard alone: a medicine is added, its dose logged, and the dose taken back", async () => {
  const { context, page, complaints } = await freshPage(browser);
  // As on a slow machine, what the page does after it is drawn comes long after: a key pressed by
  // then must find the focus where it belongs.
  await page.addInitScript(() => {
    const { setTimeout } = window;
    window.setTimeout = (run, ms = 0, ...more) => setTimeout(run, Math.max(ms, 300), ...more);
  });
  await visit(page, "own/today");
  await press(page, page.locator("doseline-medicines[show=doses]").getByRole("button", { name: "Add a medicine" }));
  await page.keyboard.type("sertralin");
  await page.locator("doseline-medicines .match").filter({ hasText: /^sertraline/i }).waitFor();
  await page.keyboard.press("Tab");
  assert.match(await focused(page), /^button sertraline/i);
  await page.keyboard.press("Enter");
  await page.locator("doseline-medicines form").waitFor();
  await page.keyboard.press("Enter");
  await page.locator("doseline-medicines form .error").waitFor();
  await page.keyboard.type("50");
  await page.keyboard.press("Enter");
  const doses = page.locator("doseline-medicines[show=doses]");
  await doses.locator(".saved").waitFor();
  assert.equal(await focused(page), "h2 Doses", "where there was no medicine, the doses offer to add one");
  await doses.getByRole("button", { name: /^Taken/ }).waitFor();
  await press(page, doses.getByRole("button", { name: /^Taken/ }));
  await doses.getByRole("button", { name: /^Taken/ }).waitFor({ state: "detached" });
  await doses.locator(".row").filter({ hasText: /50 mg.*taken/ }).waitFor();
  const dose = (await exported(page)).json.entries.find(({ kind }) => kind === "dose");
  assert.deepEqual([dose.status, dose.amount, dose.unit], ["taken", 50, "mg"]);

  await page.getByRole("link", { name: "Today" }).click();
  await shown(page, "today");
  await press(page, doses.getByRole("button", { name: /^Undo/ }));
  await doses.getByRole("button", { name: /^Taken/ }).waitFor();
  assert.deepEqual((await exported(page)).json.entries.filter(({ kind }) => kind === "dose"), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an address that changes while the page is first drawn is followed", async () => {
  const { context, page, complaints } = await freshPage(browser);
  // The moment between the first drawing and its effects.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector(".page")) return;
      observer.disconnect();
      location.hash = "#own/timeline";
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${demo}#own/today`);
  await shown(page, "timeline");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an exported file opens to the same entries, and brings an erased diary back", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await rate(page, "Energy", 3);
  await save(page);
  const first = await exported(page);
  assert.equal(first.json.entries.length, 1);

  await page.getByRole("link", { name: "Back to the choice" }).click();
  // The screen that is left has one too.
  await page.locator(".choice input[type=file]").setInputFiles(first.path);
  await shown(page, "timeline");
  assert.match(await page.locator(".banner").innerText(), /Opened from a file\. Changes here are not kept\./);
  assert.deepEqual(bodies((await exported(page)).json), bodies(first.json));

  await visit(page, "own/more");
  await page.getByRole("button", { name: "Erase this diary…" }).click();
  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.getByRole("link", { name: /^Start your own/ }).waitFor();
  await visit(page, "own/more");
  assert.deepEqual((await exported(page)).json.entries, []);
  await page.locator(".more input[type=file]").setInputFiles(first.path);
  await page.getByText("Entries added: 1.").waitFor();
  assert.deepEqual(bodies((await exported(page)).json), bodies(first.json));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a file that is no diary is refused in words", async () => {
  const { context, page } = await freshPage(browser);
  await page.goto(demo);
  await page.locator("input[type=file]").setInputFiles({
    name: "other.json", mimeType: "application/json", buffer: Buffer.from('{"a":1}'),
  });
  assert.ok((await page.locator("main [role=alert]").innerText()).length > 10);
  assert.equal(new URL(page.url()).hash, "");
  await context.close();
});

test("where the browser keeps nothing the diary works in memory and says so", async () => {
  const { context, page } = await freshPage(browser);
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await visit(page, "own/today");
  assert.match(await page.locator(".banner.strong").innerText(), /keeps nothing for this page/);
  await rate(page, "Mood", 6);
  await save(page);
  assert.equal((await exported(page)).json.entries.length, 1);
  await context.close();
});

test("where the browser has no room left the entry is refused in words, and is not lost", async () => {
  const { context, page } = await freshPage(browser);
  await visit(page, "own/today");
  await rate(page, "Mood", 6);
  await save(page);
  // As in a browser whose room is used up.
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    window.isFull = true;
    IDBObjectStore.prototype.put = function (...all) {
      if (!window.isFull) return put.apply(this, all);
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  const refused = await page.evaluate(() =>
    document.querySelector("doseline-check-in").diary.record({ kind: "check-in", ratings: { mood: 5 } }).then(
      () => null,
      (error) => ({ code: error.code, isError: error instanceof Error, cause: error.cause?.name }),
    ));
  assert.deepEqual(refused, { code: "storage-full", isError: true, cause: "QuotaExceededError" });

  await rate(page, "Mood", 2);
  const form = page.locator("doseline-check-in");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  assert.match(await form.getByRole("alert").innerText(), /no room/i);
  assert.equal(await form.locator("input:checked").count(), 1, "the answer still stands in the form");
  await page.evaluate(() => (window.isFull = false));
  await save(page);
  const kept = (await exported(page)).json.entries.map(({ ratings }) => ratings);
  assert.deepEqual(kept, [{ mood: 6 }, { mood: 2 }]);
  await context.close();
});

test("a change that two devices edited is shown with both readings, and the person settles it", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await page.evaluate(async () => {
    const { openDiary, memoryStore } = await import("/doseline/index.js");
    const { diary } = document.querySelector("doseline-medicines");
    const medicine = await diary.record({
      kind: "medicine", name: "Sertraline", ingredients: [{ name: "sertraline", reference: "sertraline" }],
    });
    const body = (amount) => ({
      medicine: medicine.id, action: "start", schedule: { repeat: "daily", unit: "mg", doses: [{ at: "08:00", amount }] },
    });
    const step = await diary.record({ kind: "step", ...body(50) });
    const { subject } = diary;
    const other = await openDiary({ subject, store: memoryStore(), file: await diary.export("json") });
    await other.amend(step.id, body(75));
    await diary.amend(step.id, body(100));
    await diary.importFile(await other.export("json"));
    await other.close();
  });
  const card = page.locator("doseline-medicines[show=medicines]").getByRole("region", { name: "Two readings of one change" });
  await card.waitFor();
  assert.match(await card.innerText(), /edited in two places\. Which one is right\?/);
  const readings = card.getByRole("listitem");
  assert.equal(await readings.count(), 2);
  await readings.filter({ hasText: /Sertraline · start · 100 mg/ }).waitFor();
  await readings.filter({ hasText: /Sertraline · start · 75 mg/ }).getByRole("button", { name: "This one" }).click();
  await card.waitFor({ state: "detached" });
  await page.locator("doseline-medicines[show=medicines] .medicine").filter({ hasText: "75 mg" }).waitFor();
  const steps = (await exported(page)).json.entries.filter(({ kind }) => kind === "step");
  assert.deepEqual(steps.map(({ schedule }) => schedule.doses[0].amount), [75]);
  await visit(page, "own/today");
  assert.equal(await card.count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what the browser has cleared away is told kindly, until there is an entry again", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await rate(page, "Mood", 6);
  await save(page);
  const copy = await exported(page);
  await page.goto("about:blank");
  // A browser that clears away takes the database; the page's small settings may outlive it.
  await page.goto(`${demo}#`);
  await page.evaluate(() => new Promise((done, failed) => {
    const request = indexedDB.deleteDatabase("doseline");
    [request.onsuccess, request.onerror] = [done, failed];
  }));
  await visit(page, "own/today");
  const banner = page.locator(".banner");
  assert.match(await banner.innerText(), /There were entries here before\.[\s\S]*nothing you did/);
  await page.reload();
  await banner.getByRole("link", { name: "Open an exported file" }).click();
  await page.locator(".more input[type=file]").setInputFiles(copy.path);
  await page.getByText("Entries added: 1.").waitFor();
  await banner.getByText("Kept in this browser only.").waitFor();
  await visit(page, "own/today");
  assert.match(await banner.innerText(), /Kept in this browser only\./);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("what is erased in one tab is gone in the other", async () => {
  const { context, page } = await freshPage(browser);
  await visit(page, "own/today");
  await rate(page, "Mood", 6);
  await save(page);
  const other = await context.newPage();
  await visit(other, "own/timeline");
  await other.locator("doseline-timeline svg.drawing").waitFor();
  await visit(page, "own/more");
  await page.getByRole("button", { name: "Erase this diary…" }).click();
  await page.getByRole("button", { name: "Erase everything" }).click();
  await other.locator("doseline-timeline svg.drawing").waitFor({ state: "detached" });
  assert.match(await wordsOf(other, "doseline-timeline"), /Nothing is recorded/);
  await visit(page, "own/today");
  assert.match(await page.locator(".banner").innerText(), /Kept in this browser only\./, "erasing is no loss");
  await context.close();
});

test("a medicine taken as needed, or without an entry, has its column and no sentence that says nothing", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/timeline");
  await page.locator("doseline-timeline").evaluate(async ({ diary }) => {
    const taken = async (name, schedule, days) => {
      const { id: medicine } = await diary.record({ kind: "medicine", name, ingredients: [{ name }] });
      await diary.record({ kind: "step", medicine, action: "start", day: "2026-03-01", schedule });
      for (const day of days) await diary.record({ kind: "dose", medicine, day, status: "taken", amount: 10, unit: "mg" });
    };
    const daily = { repeat: "daily", unit: "mg", doses: [{ amount: 10 }] };
    await taken("Told", daily, ["2026-03-01", "2026-03-02"]);
    await taken("Untold", daily, []);
    await taken("Needed", { ...daily, repeat: "as-needed" }, ["2026-03-02"]);
  });
  const words = page.locator("doseline-timeline .in-words");
  await words.getByText(/Told was recorded as taken/).waitFor();
  const [head] = await tableOf(page, "doseline-timeline");
  for (const name of ["Told", "Untold", "Needed"]) assert.ok(head.some((title) => title.startsWith(name)), name);
  assert.doesNotMatch(await words.innerText(), /Untold|Needed/);
  assert.deepEqual(complaints, []);
  await context.close();
});
