// How each medicine went, its level by a model and the lag strip, on the demo's first example: the numbers
// on the page are those of its file, what is not offered is hidden, and the clinician's parts are the clinician's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { diaryFile, examples, shown, tableOf, visit, wordsOf } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const DAY = 86_400_000;
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
const total = ({ items, total }) => total ?? sum(items);

/** The entries of the first example. */
async function entriesOfTheFirst() {
  const [example] = await examples();
  return { now: example.now, entries: (await diaryFile(example)).entries };
}

/** The figures of one medicine's first response, by their names. */
async function figuresOf(page, medicine) {
  return page.locator("doseline-trials").getByRole("region", { name: medicine }).locator("dl").first()
    .evaluate((list) => Object.fromEntries([...list.children].map((pair) =>
      [pair.querySelector("dt").innerText, pair.querySelector("b").innerText])));
}

test("baseline, latest score and change of each medicine are those of the file", async () => {
  const { entries } = await entriesOfTheFirst();
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "example-1/doses");
  const trials = page.locator("doseline-trials");
  await trials.locator("dl").first().waitFor();
  const scores = entries.filter(({ kind, instrument }) => kind === "assessment" && instrument === "phq-9");
  // The start is the step that begins the medicine, the baseline the readings of the eight weeks before it.
  const step = entries.find(({ kind, action }) => kind === "step" && action === "switch");
  const start = Date.parse(step.day);
  const earlier = scores.filter(({ day }) => Date.parse(day) <= start && Date.parse(day) >= start - 56 * DAY);
  const baseline = sum(earlier.map(total)) / earlier.length;
  const latest = total(scores.reduce((last, score) => (score.day > last.day ? score : last)));
  assert.equal(earlier.length, 5);
  const figures = await figuresOf(page, "Venlafaxine XR");
  assert.equal(Number(figures["Before the start"]), Math.round(baseline * 10) / 10);
  assert.equal(Number(figures["Latest score"]), latest);
  assert.equal(Number(figures.Change.replace("−", "-")), Math.round((latest - baseline) * 10) / 10);
  // Half the points or more are gone, and the last two scores are below five.
  const venlafaxine = trials.getByRole("region", { name: "Venlafaxine XR" });
  const words = await venlafaxine.innerText();
  assert.match(words, /The latest score came after this was read\./);
  assert.match(words, /Response since [^:]*: At least 50 %[\s\S]*Remission since/);
  assert.match(words, /5 scores, May 8 – Jul 3, 2026/);
  await venlafaxine.getByText("All rules, and where they come from").first().click();
  assert.match(await venlafaxine.innerText(), /Relapse, not met:/);
  await venlafaxine.getByText(/^Side effects in its time:/).click();
  const [head, ...rows] = await venlafaxine.locator("table").evaluate((table) =>
    [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.deepEqual(head, ["Dose", "Nausea", "Dry mouth", "Sweating"]);
  assert.deepEqual(rows.map(([dose]) => dose), ["none", "37.5 mg", "75 mg", "150 mg"]);
  const nausea = entries.find(({ kind, term, onset }) => kind === "side-effect" && term === "Nausea" && onset >= step.day);
  const lasted = (Date.parse(nausea.end) - Date.parse(nausea.onset)) / DAY + 1;
  assert.equal(sum(rows.map(([, cell]) => Number.parseInt(cell, 10))), lasted);
  assert.equal(await trials.getByText("A trial with planned switches").count(), 0, "the patient is shown no design");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the level of a missed day falls, and the picture marks each day not taken and each without an entry", async () => {
  const { now, entries } = await entriesOfTheFirst();
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "example-1/doses");
  const exposure = page.locator("doseline-exposure");
  await exposure.locator("svg.drawing").waitFor();
  assert.match(await exposure.locator("h2").innerText(), /^A model of the level/);
  assert.match(await exposure.locator("svg").getAttribute("aria-label"), /This is a model\.$/);
  await exposure.getByRole("button", { name: "All", exact: true }).click();
  const step = entries.find(({ kind, action }) => kind === "step" && action === "switch");
  const doses = entries.filter(({ kind, medicine, day }) => kind === "dose" && medicine === step.medicine && day >= step.day);
  const missed = doses.filter(({ status }) => ["missed", "skipped"].includes(status)).map(({ day }) => day);
  assert.equal(missed.length, 2);
  const drawn = async (mark) => ((await exposure.locator(mark).first().getAttribute("d")).match(/M/g) ?? []).length;
  assert.equal(await drawn("svg .not-taken"), missed.length);
  const days = (Date.parse(now.slice(0, 10)) - Date.parse(step.day)) / DAY + 1;
  const unknown = days - new Set(doses.map(({ day }) => day)).size;
  assert.equal(unknown, 4);
  assert.equal(await drawn("svg .behind"), unknown);
  await exposure.getByRole("button", { name: "3 months" }).click();
  const rows = await tableOf(page, "doseline-exposure");
  const words = (day) => new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(Date.parse(day));
  const lowest = ([, range]) => Number.parseInt(range, 10);
  for (const day of missed) {
    const place = rows.findIndex(([name]) => name === words(day));
    assert.ok(place > 2, day);
    assert.equal(rows[place].at(-1), "not taken");
    // Half of it leaves in 3 to 7 hours: a day without a dose is more than two of those.
    assert.ok(Math.min(lowest(rows[place]), lowest(rows[place + 1])) < lowest(rows[place - 2]) / 2, `level on ${day}`);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the lag strip draws nine intervals alike and tells them as a table", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "example-1/doses");
  const lag = page.locator("doseline-lag");
  await lag.locator("svg.drawing").waitFor();
  const marks = await lag.locator("svg .lag-interval, svg .lag-value").evaluateAll((all) =>
    all.map((mark) => [mark.getAttribute("class"), ...["stroke", "fill", "stroke-width", "opacity"].map((name) => getComputedStyle(mark)[name])].join()));
  assert.equal(marks.length, 18);
  assert.equal(new Set(marks).size, 2, "none is highlighted");
  const rows = await tableOf(page, "doseline-lag");
  assert.deepEqual(rows.slice(1).map(([weeks]) => weeks), ["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
  const told = await page.evaluate(async () => {
    const element = document.querySelector("doseline-lag");
    const medicine = element.shadowRoot.querySelectorAll("select")[0].value;
    return (await element.diary.lagStrip({ medicine, outcome: "mood" })).lags.map(({ value }) => value);
  });
  rows.slice(1).forEach(([, value], week) => assert.equal(Number(value.replace("−", "-")), Math.round(told[week] * 10) / 10));
  await lag.getByLabel("Score or rating").selectOption("phq-9");
  await lag.getByText("There is not enough to set Venlafaxine XR beside these days.").waitFor();
  assert.equal(await lag.locator("table, svg").count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the clinician's view shows what a patient is not shown, keeps what was recorded, and can be left", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "example-3/doses");
  const trials = page.locator("doseline-trials");
  const effects = trials.getByText(/^Side effects in its time:/);
  await effects.click();
  const patient = await wordsOf(page, "doseline-trials");
  assert.match(patient, /Brain zaps first began 2 days after a step/);
  assert.doesNotMatch(patient, /Signs of stopping mostly begin/);
  await page.evaluate(() => document.querySelector("doseline-trials").diary.record({ kind: "check-in", ratings: { mood: 3 }, note: "kept" }));
  await page.getByRole("link", { name: "More" }).click();
  await shown(page, "more");
  const view = page.getByRole("button", { name: "Clinician's view" });
  assert.equal(await page.getByRole("heading", { name: "Tables of equivalents" }).count(), 0);
  await view.click();
  await page.getByRole("heading", { name: "Tables of equivalents" }).waitFor();
  assert.match(await page.locator(".banner").innerText(), /Clinician's view\./);
  await page.getByRole("link", { name: "Doses" }).click();
  await effects.click();
  assert.match(await wordsOf(page, "doseline-trials"), /Signs of stopping mostly begin/);
  await trials.getByText("A trial with planned switches", { exact: true }).click();
  assert.match(await wordsOf(page, "doseline-trials"), /A trial with planned switches is not offered here/);
  const notes = await page.evaluate(async () =>
    (await document.querySelector("doseline-trials").diary.entries({ kind: "check-in" })).map(({ note }) => note));
  assert.ok(notes.includes("kept"));
  await page.getByRole("link", { name: "More" }).click();
  await page.locator('.more button[aria-pressed="true"]').click();
  await page.locator('.more button[aria-pressed="false"]').waitFor();
  assert.equal(await page.getByRole("heading", { name: "Tables of equivalents" }).count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("one's own diary is opened again for a clinician, with what is kept in it", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await page.evaluate(() => document.querySelector("doseline-check-in").diary.record({ kind: "check-in", ratings: { mood: 6 } }));
  await page.getByRole("link", { name: "More" }).click();
  await page.getByRole("button", { name: "Clinician's view" }).click();
  await page.getByRole("heading", { name: "Tables of equivalents" }).waitFor();
  await page.getByRole("link", { name: "Today" }).click();
  await shown(page, "today");
  const count = () => page.evaluate(async () => (await document.querySelector("doseline-check-in").diary.entries()).length);
  assert.equal(await count(), 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a clinician is shown what trials of a short-acting medicine would take", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${demo}www/examples/plain.html`);
  const { before, told, plans, why, refusal } = await page.evaluate(async () => {
    const { openDiary, memoryStore, capabilities } = await import("/pkg/dist/index.js");
    const diary = await openDiary({
      subject: "design", store: memoryStore(), audience: "clinician", capabilities, now: "2026-06-30T20:00:00+02:00",
    });
    await diary.record({ kind: "profile", topic: "condition", state: "known", value: "ADHD" });
    const ingredients = [{ name: "methylphenidate", reference: "methylphenidate" }];
    const { id: medicine } = await diary.record({ kind: "medicine", name: "Methylphenidate", ingredients, release: "immediate" });
    const schedule = { unit: "mg", repeat: "daily", doses: [{ at: "08:00", amount: 10 }] };
    await diary.record({ kind: "step", day: "2026-05-01", medicine, action: "start", schedule });
    for (let day = 0; day < 60; day += 1) {
      const at = new Date(Date.parse("2026-05-01") + day * 86_400_000).toISOString().slice(0, 10);
      await diary.record({ kind: "check-in", day: at, ratings: { mood: 4 + ((day * 7) % 5) } });
    }
    const element = document.createElement("doseline-trials");
    element.diary = diary;
    document.body.append(element);
    const drawn = () => new Promise((done) => setTimeout(done));
    await element.refresh();
    await drawn();
    const before = element.shadowRoot.querySelectorAll("tbody tr").length;
    const choose = async (place, value) => {
      const choice = element.shadowRoot.querySelectorAll("select")[place];
      choice.value = value;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      await element.refresh();
      await drawn();
    };
    await choose(1, "1");
    const rows = element.shadowRoot.querySelectorAll("tbody tr");
    const told = [...rows].map((row) => [...row.cells].map((cell) => cell.textContent));
    const { plans } = await diary.trialDesign({ medicine, outcome: "mood", points: 1 });
    await choose(0, "time-of-day");
    const why = element.shadowRoot.textContent.includes("weeks at two times of day had been tried");
    await diary.record({ kind: "step", day: "2026-06-30", medicine, action: "decrease", schedule: { ...schedule, repeat: "weekdays", days: ["mon"] } });
    await element.refresh();
    await drawn();
    const refusal = element.shadowRoot.textContent.includes("it is not taken every day by a plan");
    return { before, told, plans, why, refusal };
  });
  assert.equal(before, 0, "no number of points is taken for the clinician's");
  assert.ok(plans.length > 2);
  assert.deepEqual(told, plans.map(({ days, halfWidth, power }) =>
    [`${days}`, `${Math.round(halfWidth * 10) / 10}`, `${Math.round(power * 100)} %`]));
  assert.ok(why && refusal, "the time of day is a question of its own, with reasons of its own");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an element whose analysis the portal left out is hidden, and so is one without a medicine", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${demo}www/examples/plain.html`);
  const hidden = await page.evaluate(async () => {
    const { openDiary, memoryStore, capabilities } = await import("/pkg/dist/index.js");
    const file = await (await fetch("/diaries/example-depression.json")).text();
    const without = (...left) => capabilities.filter((one) => !left.includes(one));
    const cases = [
      ["trials", { file }], ["trials", { file, capabilities: without("treatment-response") }],
      ["trials", { file, capabilities: without("treatment-response", "side-effects") }], ["trials", { subject: "empty" }],
      ["exposure", { file }], ["exposure", { file, capabilities: without("timeline") }],
      ["exposure", { file, capabilities: without("exposure") }], ["exposure", { subject: "empty" }],
      ["lag", { file }], ["lag", { file, capabilities: without("lag") }], ["lag", { subject: "empty" }],
    ];
    const told = [];
    for (const [tag, options] of cases) {
      const diary = await openDiary({ subject: null, store: memoryStore(), ...options });
      const element = document.createElement(`doseline-${tag}`);
      element.diary = diary;
      document.body.append(element);
      await element.refresh();
      told.push([tag, element.hidden]);
      element.remove();
      await diary.close();
    }
    return told;
  });
  assert.deepEqual(hidden, [
    ["trials", false], ["trials", false], ["trials", true], ["trials", true],
    ["exposure", false], ["exposure", false], ["exposure", true], ["exposure", true],
    ["lag", false], ["lag", true], ["lag", true],
  ]);
  assert.deepEqual(complaints, []);
  await context.close();
});
