// What is known, on the page: a medicine found by what it is for, its leaflet, one that is not listed, and
// what a portal left out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, freshPage, launch } from "./chromium.mjs";
import { visit } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const RELEASE = "What the box says about its release";

test("a medicine is found by what it is for, and its leaflet is a tap away", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  const medicines = page.locator("doseline-medicines[show=medicines]");
  await medicines.getByRole("button", { name: "Add a medicine" }).click();
  await medicines.getByLabel(/^Name, brand/).fill("panic");
  await medicines.locator(".match").first().waitFor();
  await medicines.getByLabel(/^Name, brand/).fill("zolof");
  await medicines.locator(".match").filter({ hasText: /^sertraline/i }).click();
  assert.equal(await medicines.getByLabel(/^What kind it is/).count(), 0, "it is listed");
  await medicines.getByLabel("How often").selectOption("depot");
  assert.equal(await medicines.getByLabel(RELEASE).count(), 0, "an injection is not asked");
  await medicines.getByLabel("How often").selectOption("morning");
  await medicines.getByLabel("Each time").fill("50");
  await medicines.getByRole("button", { name: "Add", exact: true }).click();
  await medicines.locator(".saved").waitFor();
  await medicines.getByRole("button", { name: /^About it/ }).click();
  const leaflet = medicines.getByRole("region", { name: /^About sertraline/i });
  await leaflet.getByText("What people often notice").waitFor();
  assert.match(await leaflet.innerText(), /SSRI[\s\S]*general information[\s\S]*What it is for[\s\S]*What to ask/);
  await leaflet.getByText("Where this comes from").click();
  await leaflet.getByText(/^Tables \d/).waitFor();
  await leaflet.getByRole("button", { name: /^Close/ }).click();
  await leaflet.waitFor({ state: "detached" });
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an injection is found by its brand, says so, and is recorded as one", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  const medicines = page.locator("doseline-medicines[show=medicines]");
  await medicines.getByRole("button", { name: "Add a medicine" }).click();
  await medicines.getByLabel(/^Name, brand/).fill("invega trinza");
  const offered = medicines.locator(".match");
  await offered.filter({ hasText: "as an injection" }).first().waitFor();
  assert.match(await offered.first().innerText(), /^Invega Trinza as an injection .*days between: not known here/);
  assert.match(await offered.nth(2).innerText(), /Invega Sustenna.*often every 28 days.*not yet checked/);
  assert.match(await offered.nth(3).innerText(), /^paliperidone antipsychotic · Invega$/, "the tablets as well");
  await offered.first().click();
  assert.equal(await medicines.getByLabel("How often").inputValue(), "depot");
  await medicines.getByLabel("Each time").fill("546");
  await medicines.getByRole("button", { name: "Add", exact: true }).click();
  await medicines.locator("form").waitFor({ state: "detached" });
  const [{ name, form, release, ingredients }] = await medicines.evaluate(({ diary }) => diary.entries({ kind: "medicine" }));
  assert.deepEqual(
    [name, form, release, ingredients[0].reference], ["Invega Trinza", "injection", "depot", "paliperidone"],
  );
  await medicines.getByRole("button", { name: /^About it/ }).click();
  await medicines.getByText("As an injection").waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("each thing that a box can say about its release is written as what it means", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  const medicines = page.locator("doseline-medicines[show=medicines]");
  const offered = ["not known", "slow (XR, ER, SR, XL)", "coated (DR, EC)", "neither"];
  for (const [place, label] of offered.entries()) {
    await medicines.getByRole("button", { name: "Add a medicine" }).click();
    await medicines.getByLabel(/^Name, brand/).fill(`Newstat ${place}`);
    await medicines.getByRole("button", { name: /^Use “Newstat/ }).click();
    assert.deepEqual(await medicines.getByLabel(RELEASE).locator("option").allInnerTexts(), offered);
    await medicines.getByLabel(RELEASE).selectOption({ label });
    await medicines.getByLabel("Each time").fill("10");
    await medicines.getByRole("button", { name: "Add", exact: true }).click();
    await medicines.locator("form").waitFor({ state: "detached" });
  }
  const kept = await medicines.evaluate(({ diary }) => diary.entries({ kind: "medicine" }));
  assert.deepEqual(
    kept.map(({ name, release }) => [name, release]),
    [["Newstat 0", undefined], ["Newstat 1", "extended"], ["Newstat 2", "delayed"], ["Newstat 3", "immediate"]],
  );
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a medicine that is not listed is given its kind, and rules on that kind run", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  const medicines = page.locator("doseline-medicines[show=medicines]");
  await medicines.getByRole("button", { name: "Add a medicine" }).click();
  await medicines.getByLabel(/^Name, brand/).fill("Newstat");
  await medicines.getByRole("button", { name: /^Use “Newstat”/ }).click();
  await medicines.getByLabel(/^What kind it is/).selectOption("ssri");
  await medicines.getByLabel("Each time").fill("10");
  await medicines.getByRole("button", { name: "Add", exact: true }).click();
  await medicines.locator(".saved").waitFor();
  await page.locator("doseline-flags").evaluate(({ diary }) =>
    diary.record({ kind: "substance", substance: "St John's wort" }),
  );
  await page.locator("doseline-flags .flag").filter({ hasText: /Newstat/ }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an element shows nothing of a part that the portal left out", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await page.goto(`${demo}www/examples/plain.html`);
  const told = await page.evaluate(async () => {
    const { openDiary, memoryStore, capabilities } = await import("/pkg/dist/index.js");
    const file = await (await fetch("/diaries/example-depression.json")).text();
    const told = {};
    for (const [tag, left] of [["timeline", "timeline"], ["response", "dose-response"], ["flags", "interactions"]]) {
      const allowed = capabilities.filter((one) => one !== left);
      const diary = await openDiary({ subject: null, store: memoryStore(), file, capabilities: allowed });
      if (tag === "flags") await diary.record({ kind: "substance", substance: "St John's wort" });
      const element = document.createElement(`doseline-${tag}`);
      element.diary = diary;
      document.body.append(element);
      const panel = () => element.shadowRoot.querySelector("[part=panel]");
      for (let wait = 0; wait < 200 && (panel() === null || panel().textContent === "Loading…"); wait += 1) {
        await new Promise((done) => setTimeout(done, 10));
      }
      told[tag] = panel().textContent;
      element.remove();
      await diary.close();
    }
    return told;
  });
  assert.deepEqual([told.timeline, told.response], Array(2).fill("This part is switched off here."));
  assert.doesNotMatch(told.flags, /St John/);
  assert.deepEqual(complaints, []);
  await context.close();
});
