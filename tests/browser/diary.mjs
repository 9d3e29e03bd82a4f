// What these tests do with the demo again and again.
import { readFile } from "node:fs/promises";
import { demo } from "./chromium.mjs";

/** The list of the made-up examples and one of them, as the page gets them. */
export const examples = async () => (await fetch(`${demo}diaries/index.json`)).json();
export const diaryFile = async ({ file }) => (await fetch(`${demo}diaries/${file}`)).json();

/** Goes to an address of the demo and waits until its screen is there. */
export async function visit(page, place, base = demo) {
  await page.goto(`${base}#${place}`);
  await shown(page, place.split("/")[1]);
}

/** Waits until a screen is drawn, every element of it with its data. */
export async function shown(page, screen) {
  if (screen === "more") return page.locator(".more").waitFor();
  const elements = {
    today: ["doseline-medicines[show=doses] .panel", "doseline-check-in form", "doseline-questionnaire .panel h2",
      "doseline-medicines[show=medicines] .panel h2", "doseline-record .panel h2"],
    timeline: ["doseline-timeline .panel:not([role=status])"],
    visit: ["doseline-journey .panel h2", "doseline-visit .brief", "doseline-profile .panel h2"],
    doses: ["doseline-response", "doseline-trials", "doseline-exposure", "doseline-lag"].map(
      (element) => `${element} .panel:not([role=status]), ${element}[hidden]`),
  }[screen];
  for (const element of elements) await page.locator(element).first().waitFor({ state: "attached" });
  // A large picture is drawn a part a task.
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
}

/** Switches an element to its table and gives the table. */
export async function tableIn(page, tag) {
  const button = page.locator(`${tag} button`, { hasText: /^Table$/ });
  if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
  const table = page.locator(`${tag} .room table`).first();
  await table.waitFor();
  return table;
}

/** The rows of the table that an element shows, each a list of its cells' texts. */
export async function tableOf(page, tag) {
  return (await tableIn(page, tag)).evaluate((table) =>
    [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())),
  );
}

/** All words that an element shows. */
export function wordsOf(page, tag) {
  return page.locator(`${tag} [part~=panel]`).first().textContent();
}

/** Presses a rating of the check-in. */
export async function rate(page, outcome, number) {
  const group = page.locator("doseline-check-in").getByRole("radiogroup", { name: new RegExp(`^${outcome}`) });
  await group.locator("label", { hasText: new RegExp(`^${number}$`) }).click();
}

export async function save(page) {
  await page.locator("doseline-check-in").getByRole("button", { name: "Save", exact: true }).click();
  await page.locator("doseline-check-in .saved").waitFor();
}

/** Exports the open diary as the person would, and reads the file. */
export async function exported(page) {
  const [place] = new URL(page.url()).hash.slice(1).split("/");
  await page.evaluate((hash) => (location.hash = hash), `#${place}/more`);
  await shown(page, "more");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export (JSON)" }).click(),
  ]);
  const path = await download.path();
  return { name: download.suggestedFilename(), path, json: JSON.parse(await readFile(path, "utf8")) };
}

/** Presses Tab until the focus is on what is wanted. */
export async function tabTo(page, wanted) {
  await wanted.waitFor();
  for (let presses = 0; presses < 300; presses += 1) {
    if (await wanted.evaluate((element) => element.matches(":focus"))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${wanted}`);
}

/** Presses a button or follows a link by keyboard alone. */
export async function press(page, wanted) {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}

/** The element that has the focus, in whichever shadow root it is. */
export function focused(page) {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return `${element?.localName} ${element?.innerText ?? ""}`.trim();
  });
}
