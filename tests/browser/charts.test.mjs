// The two chart elements, drawn from the made-up data of fixtures/charts.mjs. Expected numbers are
// taken from that data by the plainest way there is, never from the code that draws.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch } from "./chromium.mjs";
import { bundled, open } from "./fixture-page.mjs";
import { decade, depression, response, taper } from "./fixtures/charts.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser, script;
before(async () => {
  script = await bundled("charts-page");
  browser = await launch();
});
after(() => browser?.close());

/** Opens one element with one diary and waits for its drawing. */
async function show(query, options) {
  const opened = await open(browser, script, query, options);
  await opened.page.waitForSelector("svg.drawing");
  return opened;
}

const wide = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 320, height: 700 } };

/** Centres of the circles of one path: `M<x - r> <y>a<r> …`. */
function centres(path) {
  return [...path.matchAll(/M([\d.-]+) ([\d.-]+)a([\d.]+)/g)].map(([, x, y, r]) => [
    Number(x) + Number(r),
    Number(y),
  ]);
}

/** Starting points of the pieces of a path. */
function starts(path) {
  return [...path.matchAll(/M([\d.-]+)[ ,]([\d.-]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

/** A straight line through two pairs. */
function through([x1, y1], [x2, y2]) {
  return (x) => y1 + ((x - x1) * (y2 - y1)) / (x2 - x1);
}

function near(actual, expected, tolerance, what) {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, expected ${expected}`);
}

const d = (locator) => locator.getAttribute("d");
const day = (number) => new Date(number * 86_400_000);
const shortDate = (number) =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(day(number));

test("points stand at their day and value, and dose steps are as high as their dose", async () => {
  const { page, complaints, close } = await show("timeline=depression", wide);
  const data = depression();
  const [phq9] = data.lanes;
  const points = centres(await d(page.locator(".score > .points")));
  assert.equal(points.length, phq9.days.length);
  // Half a pixel is what points are rounded to.
  const x = through([phq9.days[0], points[0][0]], [phq9.days.at(-1), points.at(-1)[0]]);
  phq9.days.forEach((at, index) => near(points[index][0], x(at), 0.6, `x of value ${index}`));
  const low = phq9.values.indexOf(Math.min(...phq9.values));
  const high = phq9.values.indexOf(Math.max(...phq9.values));
  const y = through([phq9.values[low], points[low][1]], [phq9.values[high], points[high][1]]);
  phq9.values.forEach((value, index) =>
    near(points[index][1], y(value), 0.6, `y of value ${index}`),
  );
  assert.ok(points[high][1] < points[low][1], "higher values are drawn higher");

  const [sertraline] = data.doses;
  const outline = await d(page.locator(".dose .step").first());
  const ground = starts(outline)[0][1];
  const heights = [...outline.matchAll(/V([\d.-]+)H/g)].map(([, top]) => ground - Number(top));
  assert.equal(heights.length, 4);
  // 50, 100, 150 and 100 mg: one scale from zero, to a tenth of a pixel.
  sertraline.stepDoses.forEach((dose, index) =>
    near(heights[index] / heights[0], dose / 50, 0.01, `height of ${dose} mg`),
  );
  const corners = [
    starts(outline)[0][0],
    ...[...outline.matchAll(/H([\d.-]+)/g)].map(([, at]) => Number(at)).slice(0, -1),
  ];
  sertraline.stepDays.forEach((at, index) =>
    near(corners[index], x(at), 0.6, `x of step ${index}`),
  );
  assert.deepEqual(complaints, []);
  await close();
});

test("a line stops where weeks are empty, and no entry is neither taken nor missed", async () => {
  const { page, close } = await show("timeline=depression", wide);
  const mood = depression().lanes[1];
  // The fixture leaves out days 206 to 231.
  const gap = mood.days.findIndex((at, index) => index > 0 && at - mood.days[index - 1] > 14);
  assert.ok(gap > 0);
  const dots = starts(await d(page.locator(".daily > .points")));
  const x = through([mood.days[0], dots[0][0]], [mood.days.at(-1), dots.at(-1)[0]]);
  const line = await d(page.locator(".daily .middle"));
  const pieces = line
    .split("M")
    .filter(Boolean)
    .map((piece) => [...piece.matchAll(/([\d.-]+),([\d.-]+)/g)].map(([, at]) => Number(at)));
  assert.equal(pieces.length, 2);
  assert.ok(Math.max(...pieces[0]) <= x(mood.days[gap - 1]) + 4);
  assert.ok(Math.min(...pieces[1]) >= x(mood.days[gap]) - 4);

  const lane = page.locator(".lane.dose").first();
  const foot = (await starts(await d(lane.locator("> .ticks.no-entry"))))[0][1];
  const taken = starts(await d(lane.locator("> .ticks.taken")));
  const missed = starts(await d(lane.locator("> .ticks.missed")));
  assert.ok(taken.length > 0 && taken.every(([, top]) => top < foot), "taken stands on the line");
  assert.ok(missed.length > 0 && missed.every(([, top]) => top > foot), "missed hangs under it");
  await close();
});

/** The rectangles of one path: `M<left> <top>H<right>V<bottom>H<left>Z`. */
function blocks(path) {
  const found = path.matchAll(/M([\d.-]+) ([\d.-]+)H([\d.-]+)V([\d.-]+)H/g);
  return [...found].map(([, left, top, right, bottom]) => ({
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
  }));
}

test("named ranges, the band of the line and the change found stand at their values and days", async () => {
  const { page, close } = await show("timeline=depression", wide);
  const [phq9] = depression().lanes;
  const lane = page.locator(".lane.score");
  const points = centres(await d(lane.locator("> .points")));
  const x = through([phq9.days[0], points[0][0]], [phq9.days.at(-1), points.at(-1)[0]]);
  const low = phq9.values.indexOf(Math.min(...phq9.values));
  const high = phq9.values.indexOf(Math.max(...phq9.values));
  const y = through([phq9.values[low], points[low][1]], [phq9.values[high], points[high][1]]);

  // Every second range has a ground: mild from 5 to 9, so up to 10, and moderately severe from 15 on
  // (Kroenke 2001).
  const ranges = blocks(await d(lane.locator("> .severity")));
  assert.equal(ranges.length, 2);
  near(ranges[0].bottom, y(5), 0.6, "foot of mild");
  near(ranges[0].top, y(10), 0.6, "top of mild");
  near(ranges[1].bottom, y(15), 0.6, "foot of moderately severe");
  const words = await lane.locator(".severity-word").evaluateAll((all) =>
    all.map((word) => [word.textContent, Number(word.getAttribute("y"))]));
  for (const [word, from, to] of [["minimal", 0, 5], ["mild", 5, 10], ["moderate", 10, 15]]) {
    const at = words.find(([text]) => text === word)?.[1];
    assert.ok(at > y(to) && at < y(from), `${word} stands at ${at}, not in its range`);
  }

  const [change] = phq9.changePoints;
  const [band] = blocks(await d(lane.locator("> .change-band")));
  near(band.left, x(change.low), 0.6, "first day of the change");
  near(band.right, x(change.high + 1), 0.6, "end of its last day");
  const label = lane.locator(".change-label");
  assert.equal(await label.textContent(), "change found here");
  const { left, right } = await label.evaluate((text) => {
    const box = text.getBBox();
    return { left: box.x, right: box.x + box.width };
  });
  near((left + right) / 2, (band.left + band.right) / 2, 6, "middle of the words");

  // The band of the line reaches from its lowest to its highest value.
  const corners = [...(await d(lane.locator(".spread"))).matchAll(/([\d.-]+),([\d.-]+)/g)];
  const heights = corners.map(([, , at]) => Number(at));
  near(Math.min(...heights), y(Math.max(...phq9.line.high)), 0.6, "top of the band");
  near(Math.max(...heights), y(Math.min(...phq9.line.low)), 0.6, "foot of the band");
  await close();
});

test("side effects are strips as long as they lasted and as tall as they were strong; visits are marks", async () => {
  const { page, close } = await show("timeline=depression", wide);
  const { lanes: [phq9], sideEffects, marks } = depression();
  const points = centres(await d(page.locator(".score > .points")));
  const x = through([phq9.days[0], points[0][0]], [phq9.days.at(-1), points.at(-1)[0]]);
  const lane = page.locator(".lane.side-effects");
  assert.deepEqual(await lane.locator(".tick").allTextContents(), ["nausea", "headache", "sweating"]);
  const strips = await lane.locator(".strip").evaluateAll((all) => all.map((strip) => strip.getAttribute("d")));
  const drawn = strips.map(blocks);
  const tall = ({ top, bottom }) => bottom - top;
  // Severe is the whole of a strip.
  const whole = tall(drawn[2][0]);
  sideEffects.forEach(({ term, spans }, row) => {
    assert.equal(drawn[row].length, spans.length, term);
    spans.forEach(({ from, to, severity }, index) => {
      near(drawn[row][index].left, x(from), 0.6, `first day of ${term}`);
      near(drawn[row][index].right, x(to + 1), 0.6, `end of ${term}`);
      near(tall(drawn[row][index]), (whole * severity) / 3, 0.2, `height of ${term}`);
    });
  });

  // A visit is a triangle with its point down, `M<x - half> <y>h<size>l…`, at the middle of its day.
  const visits = marks.filter(({ kind }) => kind === "visit");
  const glyphs = [...(await d(page.locator(".events > .mark.visit"))).matchAll(/M([\d.-]+) [\d.-]+h([\d.]+)l/g)];
  assert.equal(glyphs.length, visits.length);
  glyphs.forEach(([, left, size], index) =>
    near(Number(left) + Number(size) / 2, x(visits[index].from + 0.5), 0.6, `visit ${index}`));
  await close();
});

test("the phases are a table: what was prescribed, what is counted, and the difference in words", async () => {
  const { page, close } = await show("timeline=depression", wide);
  await page.locator(".phases summary").click();
  const rows = await page
    .locator(".phases tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  // As written in the fixture; the diary begins on 3 March, sertraline 62 days later, on 4 May.
  assert.deepEqual(rows, [
    ["From", "To", "Prescribed", "Settled days", "Values counted", "Values left out", "Days without a value", "Mean",
      "Spread", "Difference to the time before", "Counts like this many unlinked values"],
    ["3 Mar 2025", "3 May 2025", "no medicine", "62", "5", "0", "0", "16.6", "1.5", "–", "–"],
    ["4 May 2025", "14 Jun 2025", "sertraline 50 mg", "14", "1", "2", "2", "16", "–", "Not enough values yet to compare.", "–"],
    ["15 Jun 2025", "17 Oct 2025", "sertraline 100 mg", "97", "8", "1", "5", "11.3", "2.1",
      "PHQ-9 was about 4.7 lower.From these days the difference could be anything from −7.2 to −2.1.", "4 to 9"],
  ]);
  await close();
});

test("the table holds what the drawing shows", async () => {
  const { page, close } = await show("timeline=depression", wide);
  const data = depression();
  await page.getByRole("button", { name: "3 months" }).click();
  await page.getByRole("button", { name: "Table" }).click();
  const rows = await page
    .locator(".room tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  const end = Date.parse(`${data.to}T00:00:00Z`) / 86_400_000;
  const [phq9, mood] = data.lanes;
  const [sertraline, hydroxyzine] = data.doses;
  const words = {
    "no-entry": "no entry",
    taken: "taken",
    partly: "partly taken",
    missed: "not taken",
  };
  const expected = Array.from({ length: 91 }, (_, index) => {
    const at = end - 90 + index;
    const on = (lane) => [...lane.values].filter((_, place) => Math.floor(lane.days[place]) === at);
    const score = on(phq9)[0];
    const band = phq9.severityBands.find(({ min, max }) => score >= min && score <= max)?.label;
    const status = data.dayStatuses[sertraline.adherence[at - sertraline.adherenceDays[0]]];
    const dose = [...sertraline.stepDoses]
      .filter((_, place) => sertraline.stepDays[place] <= at)
      .at(-1);
    const asNeeded =
      data.dayStatuses[hydroxyzine.adherence[at - hydroxyzine.adherenceDays[0]]] === "as-needed";
    const events = [
      ...data.marks
        .filter((mark) => mark.kind !== "assessment" && at >= mark.from && at <= mark.to)
        .map((mark) => mark.label),
      ...sertraline.steps
        .filter((step) => step.day === at)
        .map((step) => `Sertraline: ${step.label}`),
    ];
    return [
      shortDate(at),
      score === undefined ? "" : `${score} ${band}`,
      on(mood).join(", "),
      "sweating (severe)",
      `${dose}, ${words[status]}`,
      asNeeded ? "taken as needed" : "",
      events.join(", "),
    ];
  });
  assert.deepEqual(rows, expected);
  await close();
});

test("keys move the cursor and one live region says what it finds", async () => {
  const { page, close } = await show("timeline=depression", wide);
  const chart = page.locator(".chart");
  const said = () => chart.getByRole("status").textContent();
  await chart.focus();
  await page.keyboard.press("Home");
  const [phq9, mood] = depression().lanes;
  const first = [...mood.days].findIndex((at) => Math.floor(at) === Math.floor(phq9.days[0]));
  const rated = first < 0 ? "" : `, Mood ${mood.values[first]}`;
  // 16 of 27 is moderately severe (Kroenke 2001: 15 to 19).
  assert.equal(phq9.values[0], 16);
  assert.equal(await said(), `3 Mar 2025, PHQ-9 16, moderately severe${rated}`);
  await page.keyboard.press("ArrowRight");
  const next = [...mood.days].find((at) => Math.floor(at) > Math.floor(phq9.days[0]));
  assert.match(await said(), new RegExp(`^${shortDate(Math.floor(next))}, Mood \\d`));

  await page.keyboard.press("End");
  assert.match(await said(), /^1 Mar 2026, .*on Sertraline 100 mg/);
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  // A quarter of 364 days, the last one still in view.
  assert.match(await page.locator("header").textContent(), /1 Mar 2026 · 91 days/);
  await page.keyboard.press("Home");
  assert.match(await page.locator("header").textContent(), /^Timeline3 Mar 2025/);
  assert.equal(await page.locator(".note").count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".note").count(), 0);
  assert.equal(await chart.locator("svg :is([tabindex], a, button)").count(), 0);
  await close();
});

test("the pointer's note can be rested on, and plus and minus are there as buttons", async () => {
  const { page, close } = await show("timeline=depression", wide);
  const box = await page.locator(".chart").boundingBox();
  await page.mouse.move(box.x + 600, box.y + 60);
  const note = page.locator(".note");
  const before = await note.textContent();
  const { x, y, width, height } = await note.boundingBox();
  await page.mouse.move(box.x + 600, y + 4);
  await page.mouse.move(x + width / 4, y + height / 2);
  assert.equal(await note.textContent(), before);
  await note.getByRole("button").click();
  assert.equal(await note.count(), 0);
  await page.getByRole("button", { name: "Zoom in" }).click();
  assert.match(await page.locator("header").textContent(), /182 days/);
  await page.getByRole("button", { name: "Earlier" }).click();
  assert.match(await page.locator("header").textContent(), /^Timeline3 Mar 2025 .* 182 days/);
  await page.getByRole("button", { name: "Zoom out" }).click();
  assert.match(await page.locator("header").textContent(), /364 days/);
  await close();
});

test('"Why" rings the entries behind a finding', async () => {
  const { page, close } = await show("timeline=depression", wide);
  assert.equal(await page.locator(".behind").count(), 0);
  await page.locator(".finding summary").first().click();
  const rings = centres(await d(page.locator(".behind")));
  const points = centres(await d(page.locator(".score > .points")));
  assert.deepEqual(
    rings.map(([x]) => x),
    [8, 9, 10, 11, 12].map((index) => points[index][0]),
  );
  await close();
});

test("the chosen lanes are remembered, the last one stays, and a change of the diary is drawn", async () => {
  const { page, close } = await show("timeline=depression", wide);
  const titles = () => page.locator(".lane:is(.score, .daily) .title").allTextContents();
  assert.deepEqual(await titles(), ["PHQ-9", "Mood"]);
  await page.locator("summary", { hasText: "What to show" }).click();
  await page.getByRole("checkbox", { name: /Sleep/ }).check();
  await page.waitForFunction(
    () =>
      document.querySelector("doseline-timeline").shadowRoot.querySelectorAll(".lane.daily")
        .length === 2,
  );
  await page.getByRole("checkbox", { name: /PHQ-9/ }).uncheck();
  await page.waitForFunction(
    () => !document.querySelector("doseline-timeline").shadowRoot.querySelector(".lane.score"),
  );
  await page.getByRole("checkbox", { name: /Mood/ }).uncheck();
  await page.waitForFunction(
    () =>
      document.querySelector("doseline-timeline").shadowRoot.querySelectorAll(".lane.daily")
        .length === 1,
  );
  assert.ok(await page.getByRole("checkbox", { name: /Sleep/ }).isDisabled());
  await page.evaluate(() => {
    const old = document.querySelector("doseline-timeline");
    const next = document.createElement("doseline-timeline");
    next.diary = old.diary;
    old.replaceWith(next);
  });
  await page.waitForSelector("svg.drawing");
  assert.deepEqual(await titles(), ["Sleep"]);
  await page.evaluate(() => {
    const { diary } = document.querySelector("doseline-timeline");
    diary.preferences.set("timeline-outcomes", "phq-9");
    diary.dispatchEvent(new Event("change"));
  });
  await page.waitForSelector(".lane.score");
  assert.deepEqual(await titles(), ["PHQ-9"]);
  await close();
});

test("ten years of six outcomes stay a few hundred nodes, and their table comes in pages", async () => {
  const { page, complaints, close } = await show("timeline=decade", wide);
  await page.evaluate(() =>
    document
      .querySelector("doseline-timeline")
      .setAttribute("outcomes", "mood anxiety energy irritability focus sleep"),
  );
  await page.waitForFunction(
    () =>
      document.querySelector("doseline-timeline").shadowRoot.querySelectorAll(".lane.daily")
        .length === 6,
  );
  const nodes = await page.evaluate(
    () => document.querySelector("doseline-timeline").shadowRoot.querySelectorAll("*").length,
  );
  assert.ok(nodes < 1000, `${nodes} nodes`);
  assert.equal(
    decade().lanes.reduce((sum, lane) => sum + lane.values.length, 0),
    21_900,
  );

  await page.getByRole("button", { name: "Table" }).click();
  const firstDay = () => page.locator(".room tbody time").first().getAttribute("datetime");
  assert.equal(await page.locator(".room tbody tr").count(), 100);
  assert.match(await page.locator(".room .muted").first().textContent(), /^The table shows/);
  // The record ends on 28 December 2025; its last 100 days begin on 20 September.
  assert.equal(await firstDay(), "2025-09-20");
  await page.getByRole("button", { name: "Earlier" }).click();
  assert.equal(await firstDay(), "2025-06-12");
  await page.getByRole("button", { name: "Later" }).click();
  assert.equal(await firstDay(), "2025-09-20");
  assert.deepEqual(complaints, []);
  await close();
});

test("the dose card draws intervals to scale, and a curve only where it is given one", async () => {
  for (const [query, card] of [
    ["response=sertraline", response()],
    ["response=taper", taper()],
  ]) {
    const { page, complaints, close } = await show(query, wide);
    const estimated = card.levels.filter((level) => level.mean !== null);
    const means = await page
      .locator(".level-value")
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute("cy"))));
    const y = through(
      [estimated[0].mean, means[0]],
      [estimated.at(-1).mean, means[estimated.length - 1]],
    );
    estimated.forEach((level, index) =>
      near(means[index], y(level.mean), 0.01, `mean at ${level.label}`),
    );
    const ends = await page
      .locator(".level-interval")
      .evaluateAll((all) => all.map((one) => one.getAttribute("d")));
    estimated.forEach((level, index) => {
      const [, low, high] = /^M[\d.]+ ([\d.]+)V([\d.]+)$/.exec(ends[index]).map(Number);
      near(low, y(level.low), 0.01, `low at ${level.label}`);
      near(high, y(level.high), 0.01, `high at ${level.label}`);
    });
    const scores = card.levels.flatMap((level) => [...level.scores]);
    const dots = centres(await d(page.locator(".raw")));
    const sorted = (numbers) => numbers.toSorted((a, b) => a - b);
    assert.equal(dots.length, scores.length);
    sorted(dots.map(([, at]) => at)).forEach((at, index) =>
      near(at, sorted(scores.map(y))[index], 0.01, `score ${index}`),
    );
    assert.equal(await page.locator(".curve").count(), card.curve ? 1 : 0);
    assert.equal(await page.locator("h2").textContent(), card.title);
    assert.deepEqual(complaints, []);
    await close();
  }
});

test("the dose card's table holds its levels", async () => {
  const { page, close } = await show("response=sertraline", wide);
  await page.getByRole("button", { name: "Table" }).click();
  const rows = await page
    .locator(".room tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  // Means and intervals as written in the fixture: 17.2 ± 2.6 and so on.
  assert.deepEqual(rows, [
    ["before", "40", "5", "17.2", "14.6 to 19.8", "14", "1", "none"],
    ["50 mg", "40", "4", "14.6", "11.7 to 17.5", "14", "1", "mild"],
    ["100 mg", "40", "8", "10.4", "8.1 to 12.7", "14", "1", "mild"],
    ["150 mg", "40", "4", "9.6", "6.9 to 12.3", "14", "1", "medium"],
    ["200 mg", "0", "0", "–", "not taken", "14", "1", "–"],
  ]);
  await close();
});

test("on a phone nothing scrolls sideways and every level is in view", async () => {
  for (const query of ["timeline=depression", "response=sertraline", "response=taper"]) {
    const { page, close } = await show(query, phone);
    const widths = await page.evaluate(() => {
      const root = document.querySelector("main").lastElementChild.shadowRoot;
      const right = Math.max(
        ...[...root.querySelectorAll("svg text")].map((text) => text.getBoundingClientRect().right),
      );
      return { page: document.documentElement.scrollWidth, right };
    });
    assert.equal(widths.page, 320, query);
    assert.ok(widths.right <= 320, `${query}: text ends at ${widths.right}`);
    const sizes = await page.evaluate(() =>
      [
        ...document.querySelector("main").lastElementChild.shadowRoot.querySelectorAll("svg text"),
      ].map((text) => Number.parseFloat(getComputedStyle(text).fontSize)),
    );
    assert.ok(Math.min(...sizes) >= 12);
    await close();
  }
});

test("printing shows one element alone", async () => {
  const { page, close } = await show("timeline=depression&response=sertraline", wide);
  await page.evaluate(() => (window.print = () => (window.printed = true)));
  await page.locator("doseline-timeline").getByRole("button", { name: "Print" }).click();
  assert.ok(await page.evaluate(() => window.printed));
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("doseline-timeline svg.drawing").isVisible());
  assert.ok(!(await page.locator("doseline-timeline .buttons").first().isVisible()));
  assert.ok(!(await page.locator("doseline-response").isVisible()));
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.ok(await page.locator("doseline-response").isVisible());
  assert.equal(await page.locator("[data-doseline-print]").count(), 0);
  await close();
});

test("an empty diary has a sentence and no empty axes", async () => {
  const { page, complaints, close } = await open(browser, script, "timeline=empty&response=empty", wide);
  const sentence = page.locator("doseline-timeline .sentence");
  await sentence.waitFor();
  assert.equal(await sentence.textContent(), "Nothing is recorded for these days yet.");
  await page.locator("doseline-response p").waitFor();
  assert.match(await page.locator("doseline-response p").textContent(), /^Doses and scores appear here/);
  assert.equal(await page.locator("svg").count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test("axe finds nothing, in every mode, as drawing and as table", async () => {
  const modes = [
    { colorScheme: "light" },
    { colorScheme: "dark" },
    { forcedColors: "active" },
    { contrast: "more" },
    { ...phone, colorScheme: "dark" },
  ];
  for (const mode of modes) {
    const { page, close } = await show("timeline=depression&response=sertraline", {
      ...wide,
      // A button half way from one colour to the next has the contrast of neither.
      reducedMotion: "reduce",
      ...mode,
    });
    for (const asTable of [false, true]) {
      if (asTable) {
        for (const button of await page.getByRole("button", { name: "Table" }).all())
          await button.click();
      }
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() =>
        axe.run("main", { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
      );
      const told = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`,
      );
      assert.deepEqual(told, [], JSON.stringify(mode));
      // An empty page has no violation either.
      assert.ok(passes.length >= 10, `${passes.length} rules passed`);
    }
    await close();
  }
});
