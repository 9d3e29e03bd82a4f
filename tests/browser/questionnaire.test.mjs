// A questionnaire on the page: one question at a time, by keyboard alone, halfway and back, to its total.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { exported, focused, shown, visit } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const part = (page) => page.locator("doseline-questionnaire");
/** All its words. */
const words = (page) => part(page).locator("[part~=panel]").innerText();
/** The button that begins a questionnaire, or goes on with it. */
const button = (page, does, name) => part(page).getByRole("button", { name: new RegExp(`^${does}\\s?: ${name}$`) });

/** Chooses a topic and begins a questionnaire. */
async function begin(page, topic, name) {
  await part(page).getByLabel("Choose by topic").selectOption(topic);
  await button(page, "Fill in", name).click();
  await part(page).locator(".asked").waitFor();
}

/** Waits for a question and chooses an answer by its place. */
async function answer(page, number, place) {
  await part(page).getByText(`Question ${number} of`).waitFor();
  await part(page).locator(".answer").nth(place).click();
}

async function answerDifficulty(page, place) {
  await part(page).getByText("It does not count in the total.").waitFor();
  await part(page).locator(".answer").nth(place).click();
}

const assessments = ({ entries }) => entries.filter(({ kind }) => kind === "assessment");

test("PHQ-9 by keyboard alone, with who sees item 9 before it, to its total and back", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await page.evaluate(() => {
    window.told = [];
    document.addEventListener("doseline-entry", ({ id }) => window.told.push(id));
  });
  await begin(page, "depression", "PHQ-9");
  assert.match(await part(page).locator("#recall").innerText(), /Think of the last 2 weeks\. You can skip any question\./);
  for (let number = 1; number <= 9; number += 1) {
    await part(page).getByText(`Question ${number} of 9`).waitFor();
    assert.match(await focused(page), new RegExp(`^div Question ${number} of 9`), "the focus is on the question");
    assert.equal(await part(page).locator(".answer[aria-pressed=true]").count(), 0, "nothing is chosen beforehand");
    const saysWho = await part(page).getByText("No one sees this but you.").count();
    assert.equal(saysWho, number === 9 ? 1 : 0, `question ${number}`);
    if (number === 9) assert.match(await part(page).locator(".asked").getAttribute("aria-labelledby"), /\bwho\b/);
    // From the question to its first answer, or to the second; the ninth answer stays 0.
    for (let tab = 0; tab < (number === 9 ? 1 : 2); tab += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  }
  await part(page).getByText("It does not count in the total.").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await part(page).getByText("Save your answers?").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await part(page).getByText("Your PHQ-9 total is 8 of 27. This range is known as “mild”.").waitFor();
  assert.equal(await focused(page), "h2 PHQ-9: saved");
  assert.match(await words(page), /not a diagnosis.*by chance.*due again from/s);
  const { json } = await exported(page);
  const [kept] = assessments(json);
  assert.deepEqual([kept.instrument, kept.items, kept.difficulty], ["phq-9", [1, 1, 1, 1, 1, 1, 1, 1, 0], 1]);
  assert.deepEqual(await page.evaluate(() => window.told), [kept.id]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("skipped questions are named at the end; too many of them give no total, and the answers are kept", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await begin(page, "anxiety", "GAD-7");
  for (let number = 1; number <= 7; number += 1) {
    if (number > 3) await answer(page, number, 1);
    else {
      await part(page).getByText(`Question ${number} of 7`).waitFor();
      await part(page).getByRole("button", { name: "Skip" }).click();
    }
  }
  assert.match(await words(page), /Without an answer so far.*With more than 1 left out there is no total/s);
  await part(page).getByRole("button", { name: "Question 2" }).click();
  await answer(page, 2, 3);
  // On from there: what was answered is shown as chosen, and can stay.
  await part(page).getByText("Question 3 of 7").waitFor();
  await part(page).getByRole("button", { name: "Skip" }).click();
  await part(page).getByText("Question 4 of 7").waitFor();
  assert.deepEqual(await part(page).locator(".answer[aria-pressed=true]").allInnerTexts(), ["Several days"]);
  for (let number = 4; number <= 7; number += 1) await answer(page, number, 1);
  await part(page).getByRole("button", { name: "Save", exact: true }).click();
  await part(page).getByText(/2 questions have no answer, so there is no total.*Your answers are kept\./).waitFor();
  await part(page).getByRole("button", { name: "Undo" }).click();
  await part(page).getByText("Taken back").waitFor();
  await button(page, "Fill in", "GAD-7").waitFor();
  assert.deepEqual(assessments((await exported(page)).json), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("half-filled answers wait through other screens, and nothing of them is kept before Save", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await begin(page, "depression", "PHQ-9");
  for (let number = 1; number <= 3; number += 1) await answer(page, number, 2);
  await part(page).getByText("Question 4 of 9").waitFor();
  await part(page).getByRole("button", { name: "Close for now" }).click();
  assert.match(await words(page), /3 answered, not saved/);
  assert.deepEqual(assessments((await exported(page)).json), []);
  await page.evaluate(() => (location.hash = "#own/today"));
  await shown(page, "today");
  await button(page, "Go on", "PHQ-9").click();
  await part(page).getByText("Question 4 of 9").waitFor();
  await part(page).getByRole("button", { name: "Back", exact: true }).click();
  await part(page).getByText("Question 3 of 9").waitFor();
  assert.deepEqual(await part(page).locator(".answer[aria-pressed=true]").allInnerTexts(), ["More than half the days"]);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.doesNotMatch(kept, /phq-9|\[2,2,2/, "answers are health data and not a setting");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("help does not wait for the end: item 9 is kept at once, goes on being filled in, and can be taken back", async () => {
  const { context, page, complaints } = await freshPage(browser, { viewport: { width: 320, height: 640 } });
  await visit(page, "own/today");
  await begin(page, "depression", "PHQ-9");
  await answer(page, 1, 2);
  for (let number = 2; number < 9; number += 1) {
    await part(page).getByText(`Question ${number} of 9`).waitFor();
    await part(page).getByRole("button", { name: "Skip" }).click();
  }
  await part(page).getByText("Question 9 of 9").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Need help now" });
  await dialog.waitFor();
  assert.equal(await focused(page), "h2 Need help now");
  await page.keyboard.press("Escape");
  await part(page).getByText("Your answers so far are saved").waitFor();
  const none = [null, null, null, null, null, null, null];
  const entries = () => part(page).evaluate(({ diary }) => diary.entries({ kind: "assessment" }));
  const [early] = await entries();
  assert.deepEqual(early.items, [2, ...none, 1]);

  // Left on the question of how hard it was, and taken up again.
  await part(page).getByRole("button", { name: "Back", exact: true }).click();
  await part(page).getByText("Question 9 of 9").waitFor();
  await part(page).getByRole("button", { name: "Back", exact: true }).click();
  await answer(page, 8, 3);
  await part(page).getByText("Question 9 of 9").waitFor();
  await part(page).getByRole("button", { name: "Close for now" }).click();
  assert.match(await words(page), /3 answered, not finished/);
  await part(page).evaluate(async ({ diary }) => {
    while ((await diary.entries({ kind: "assessment" }))[0].items[7] !== 3) await new Promise((done) => setTimeout(done, 20));
  });
  await button(page, "Go on", "PHQ-9").click();
  await answer(page, 9, 1);
  await answerDifficulty(page, 2);
  await part(page).getByRole("button", { name: "Save", exact: true }).click();
  await part(page).getByRole("heading", { name: "PHQ-9: saved" }).waitFor();
  const all = await entries();
  assert.equal(all.length, 1, "one filling is one entry");
  assert.deepEqual([all[0].id, all[0].items, all[0].difficulty], [early.id, [2, ...none.slice(1), 3, 1], 2]);
  assert.equal(await dialog.isVisible(), false, "the same answer opens nothing a second time");
  await part(page).getByRole("button", { name: "Undo" }).click();
  await part(page).getByText("Taken back").waitFor();
  assert.deepEqual(await entries(), []);

  await begin(page, "depression", "PHQ-9");
  for (let number = 1; number < 9; number += 1) await answer(page, number, 0);
  await answer(page, 9, 2);
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await part(page).getByRole("button", { name: "Take them back" }).click();
  await part(page).getByText("Taken back").waitFor();
  assert.deepEqual(await entries(), []);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a question that hangs on another is not asked after a no", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await begin(page, "ptsd", "PC-PTSD-5");
  await answer(page, 1, 0);
  await part(page).getByRole("button", { name: "Save", exact: true }).click();
  await part(page).getByText("Your PC-PTSD-5 total is 0 of 5.").waitFor();
  assert.deepEqual(assessments((await exported(page)).json)[0].items, [0, null, null, null, null, null]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("wording that a portal brings can be filled in, in its own language; without it the page says why not", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await part(page).getByLabel("Choose by topic").selectOption("sleep");
  assert.match(await words(page), /ISI.*Its words belong to.*A clinic that may use them can add them here/s);
  await part(page).evaluate(({ diary }) => {
    const answerOption = [0, 1, 2, 3, 4].map((score) => ({
      valueCoding: { code: `c${score}`, display: `Antwort ${score}` },
      extension: [{ url: "http://hl7.org/fhir/StructureDefinition/ordinalValue", valueDecimal: score }],
    }));
    const item = [1, 2, 3, 4, 5, 6, 7].map((number) => ({ type: "choice", text: `Frage ${number}`, answerOption }));
    const group = { type: "group", text: "In den letzten zwei Wochen:", item };
    return diary.addInstrument({ resourceType: "Questionnaire", status: "active", name: "ISI", language: "de", item: [group] });
  });
  await button(page, "Fill in", "ISI").click();
  const question = part(page).locator("#question");
  await part(page).getByText("In den letzten zwei Wochen:").waitFor();
  assert.deepEqual([await question.innerText(), await question.getAttribute("lang")], ["Frage 1", "de"]);
  for (let number = 1; number <= 7; number += 1) await answer(page, number, 4);
  await part(page).getByRole("button", { name: "Save", exact: true }).click();
  await part(page).getByText(/Your ISI total is 28 of 28\./).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a page can show one questionnaire alone, and say who will see the answers", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${demo}www/examples/plain.html`);
  await page.evaluate(async () => {
    const { openDiary, memoryStore } = await import("/pkg/dist/index.js");
    const element = document.createElement("doseline-questionnaire");
    element.setAttribute("instrument", "phq-9");
    element.whoSees = "Your clinic reads this on working days.";
    element.diary = await openDiary({ subject: "someone", store: memoryStore() });
    document.body.append(element);
  });
  for (let number = 1; number <= 8; number += 1) await answer(page, number, 0);
  await part(page).getByText("Your clinic reads this on working days.").waitFor();
  await part(page).getByRole("button", { name: "Close for now" }).click();
  await button(page, "Go on", "PHQ-9").waitFor();
  assert.equal(await part(page).getByLabel("Choose by topic").count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
