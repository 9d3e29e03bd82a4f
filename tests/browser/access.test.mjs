// Every screen for everyone: no barrier that axe finds, no sideways scrolling on a small phone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { shown, tableIn, visit } from "./diary.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** On an empty page five rules have something to look at, in the smallest dialog twelve. */
const FEWEST_PASSES = 12;

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Screens, each with how to get to it. */
const screens = {
  choice: async (page) => {
    await page.goto(demo);
    await page.locator("a.card[href*=example]").first().waitFor();
  },
  "help dialog": async (page) => page.getByRole("button", { name: "Need help now" }).click(),
  "help with a plan dialog": async (page) => {
    await visit(page, "own/today");
    await page.getByRole("button", { name: "Need help now" }).click();
    await page.locator("doseline-help").getByRole("button", { name: /plan/ }).click();
    await page.locator("doseline-help form").waitFor();
  },
  today: (page) => visit(page, "example-1/today"),
  "a medicine's change": async (page) => {
    await page.locator("doseline-medicines").getByRole("button", { name: /^Record a change/ }).first().click();
    await page.locator("doseline-medicines form").waitFor();
  },
  timeline: (page) => visit(page, "example-1/timeline"),
  "timeline's table": (page) => tableIn(page, "doseline-timeline"),
  doses: (page) => visit(page, "example-1/doses"),
  "doses' table": (page) => tableIn(page, "doseline-response"),
  "how each medicine went": async (page) => {
    await visit(page, "example-1/doses");
    for (const summary of await page.locator("doseline-trials summary").all()) await summary.click();
    await page.locator("doseline-exposure svg.drawing").waitFor();
    await page.locator("doseline-lag svg.drawing").waitFor();
  },
  "the level's table": (page) => tableIn(page, "doseline-exposure"),
  "the lags' table": (page) => tableIn(page, "doseline-lag"),
  "doses with a long name": (page) => visit(page, "example-3/doses"),
  visit: (page) => visit(page, "example-1/visit"),
  "a visit's forms": async (page) => {
    await page.locator("doseline-visit").getByRole("button", { name: "Something is not right" }).click();
    await page.locator("doseline-visit").getByRole("button", { name: "I want to stop it" }).click();
    await page.locator("doseline-visit .message").waitFor();
    await page.locator("doseline-visit").getByText("What is in the brief").click();
  },
  "a list to put right": async (page) => {
    const part = page.locator("doseline-journey");
    await part.getByRole("button", { name: /^I no longer take this/ }).first().click();
    await part.locator("form").waitFor();
  },
  "facts about the person": async (page) => {
    const part = page.locator("doseline-profile");
    await part.locator("summary").click();
    for (const name of ["Say the year", "Yes"]) await part.getByRole("button", { name }).last().click();
    await part.locator("form").nth(1).waitFor();
  },
  "adding to a visit": async (page) => {
    await page.locator("doseline-visit").getByRole("button", { name: "Close" }).click();
    await page.locator("doseline-visit").getByRole("button", { name: "Add to the brief" }).click();
    await page.locator("doseline-visit").getByLabel("What", { exact: true }).selectOption("past");
    await page.locator("doseline-visit").getByLabel(/^Name, brand/).fill("sertraline");
    await page.locator("doseline-visit").getByRole("button", { name: /^sertraline/i }).first().click();
    await page.locator("doseline-visit").getByLabel("Most you took").waitFor();
  },
  "own, empty": (page) => visit(page, "own/today"),
  "a side effect": async (page) => {
    const part = page.locator("doseline-record");
    await part.getByRole("button", { name: "A side effect" }).click();
    await part.getByLabel(/^What you notice/).fill("swe");
    await part.getByRole("list", { name: "Names for it" }).waitFor();
    await part.getByRole("button", { name: "Save" }).click();
    await part.getByRole("alert").waitFor();
  },
  "a lab result": async (page) => {
    const part = page.locator("doseline-record");
    await part.getByRole("button", { name: "Cancel" }).click();
    await part.getByRole("button", { name: "Something measured" }).click();
    await part.getByLabel("What", { exact: true }).selectOption("lab");
  },
  "a substance": async (page) => {
    const part = page.locator("doseline-record");
    await part.getByRole("button", { name: "Cancel" }).click();
    await part.getByRole("button", { name: /^Alcohol/ }).click();
    await part.getByLabel("What", { exact: true }).selectOption("other");
  },
  "a question": async (page) => {
    const part = page.locator("doseline-questionnaire");
    await part.getByLabel("Choose by topic").selectOption("depression");
    await part.getByRole("button", { name: /^Fill in.*PHQ-9$/ }).click();
    await part.getByText("Question 1 of 9").waitFor();
  },
  "the question that is asked with care": async (page) => {
    const part = page.locator("doseline-questionnaire");
    for (let number = 1; number < 9; number += 1) {
      await part.getByText(`Question ${number} of 9`).waitFor();
      await part.locator(".answer").nth(number % 4).click();
    }
    await part.getByText("No one sees this but you.").waitFor();
  },
  "a questionnaire's end": async (page) => {
    await page.locator("doseline-questionnaire").getByRole("button", { name: "Skip" }).click();
    await page.locator("doseline-questionnaire").getByRole("button", { name: "Skip" }).click();
    await page.locator("doseline-questionnaire").getByText("Save your answers?").waitFor();
  },
  "a questionnaire's total": async (page) => {
    await page.locator("doseline-questionnaire").getByRole("button", { name: "Save", exact: true }).click();
    await page.locator("doseline-questionnaire").getByRole("heading", { name: "PHQ-9: saved" }).waitFor();
  },
  "every questionnaire": async (page) => {
    await page.locator("doseline-questionnaire").getByRole("button", { name: "Done" }).click();
    await page.locator("doseline-questionnaire").getByLabel("Choose by topic").selectOption("all");
  },
  more: async (page) => {
    await page.evaluate(() => (location.hash = "#own/more"));
    await shown(page, "more");
  },
  "more, for a clinician": async (page) => {
    await page.getByRole("button", { name: "Clinician's view" }).click();
    await page.getByRole("heading", { name: "Tables of equivalents" }).waitFor();
    await page.locator(".more summary").first().click();
  },
  "erase dialog": async (page) => page.getByRole("button", { name: /^Erase this diary/ }).click(),
};

for (const width of [320, 1440]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every screen at ${width} px in ${colorScheme} colours`, async () => {
      const { context, page, complaints } = await freshPage(browser, {
        viewport: { width, height: 800 }, colorScheme, reducedMotion: "reduce",
      });
      const found = [];
      for (const [screen, open] of Object.entries(screens)) {
        await open(page);
        const { violations, passes } = await check(page);
        found.push(...violations.map((violation) => `${screen}: ${violation}`));
        if (passes < FEWEST_PASSES) found.push(`${screen}: only ${passes} rules had something to look at`);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) found.push(`${screen}: ${over} px too wide`);
        if (screen.endsWith("dialog")) await page.keyboard.press("Escape");
      }
      assert.deepEqual(found, []);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}

test("with letters twice as large nothing leaves a 320 px screen", async () => {
  // What the browser's own setting for the size of text changes; 16 px is the usual.
  const large = await launch(["--blink-settings=defaultFontSize=32"]);
  const { page, complaints } = await freshPage(large, { viewport: { width: 320, height: 800 }, reducedMotion: "reduce" });
  const found = [];
  for (const [screen, open] of Object.entries(screens)) {
    await open(page);
    if (["timeline", "doses"].includes(screen)) await page.locator("svg.drawing:not([aria-busy=true])").first().waitFor();
    found.push(...(await page.evaluate(outside)).map((element) => `${screen}: ${element}`));
    if (screen.endsWith("dialog")) await page.keyboard.press("Escape");
  }
  assert.deepEqual(found, []);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px");
  assert.deepEqual(complaints, []);
  await large.close();
});

/** What ends beyond the screen, or makes it scroll sideways. A table scrolls in a room of its own. */
function outside() {
  const found = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      const { width, right } = element.getBoundingClientRect();
      if (width === 0 || right <= innerWidth || element.closest(".visually-hidden, table")) continue;
      found.push(`${element.localName} "${element.textContent.slice(0, 30)}" ends at ${Math.round(right)}`);
    }
  };
  look(document);
  return found;
}

/** Runs axe over the page and its open shadow roots. */
async function check(page) {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    const { violations, passes } = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    const told = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any, all }) => `${id} ${target.join(" ")} ${[...any, ...all].map(({ message }) => message).join("; ")}`),
    );
    return { violations: told, passes: passes.length };
  }, TAGS);
}
