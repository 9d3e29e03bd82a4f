// What the safety rules say on the page: quiet, in order, with its reason, and set aside with one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { freshPage, launch } from "./chromium.mjs";
import { visit, wordsOf } from "./diary.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Records drafts in the open diary, in turn. A `medicine` of "first" is the first one's identifier. */
const record = (page, drafts) =>
  page.locator("doseline-flags").evaluate(async ({ diary }, drafts) => {
    let first = null;
    for (const draft of drafts) {
      const entry = await diary.record(draft.medicine === "first" ? { ...draft, medicine: first } : draft);
      first ??= entry.id;
    }
  }, drafts);

const lithium = [
  { kind: "medicine", name: "Lithium", ingredients: [{ name: "Lithium", reference: "lithium" }] },
  {
    kind: "step", medicine: "first", action: "start",
    schedule: { repeat: "daily", unit: "mg", doses: [{ at: "21:00", amount: 900 }] },
  },
];

const valproate = [
  { kind: "medicine", name: "Valproate", ingredients: [{ name: "Valproate", reference: "valproate" }] },
  {
    kind: "step", medicine: "first", action: "start",
    schedule: { repeat: "daily", unit: "mg", doses: [{ at: "21:00", amount: 500 }] },
  },
];

test("without a flag there is a quiet line on what was not checked, and before that nothing", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  assert.equal(await page.locator("doseline-flags").isVisible(), false);
  await record(page, valproate);
  const flags = page.locator("doseline-flags");
  await flags.getByText("What was not checked").waitFor();
  assert.equal(await flags.locator(".flag").count(), 0);
  // Valproate has a rule on pregnancy, and nothing is known of one.
  const line = flags.getByText(/pregnan/i).first();
  assert.equal(await line.isVisible(), false, "it is folded");
  await flags.locator("summary").focus();
  await page.keyboard.press("Enter");
  await line.waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a flag says why, can be set aside with a reason, and stays set aside", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await record(page, [...lithium, { kind: "substance", substance: "Ibuprofen" }]);
  const flags = page.locator("doseline-flags");
  await flags.locator(".flag").waitFor();
  assert.match(await wordsOf(page, "doseline-flags"), /Call today.*ibuprofen.*Lithium/is);
  await flags.getByText("Why this is shown").click();
  await flags.getByText(/Looked at as taken or planned now/).waitFor();

  await flags.getByRole("button", { name: /^Set aside/ }).click();
  await flags.getByRole("button", { name: "Save" }).click();
  await flags.getByRole("alert").waitFor();
  await flags.getByLabel("Why it can be set aside").fill("My doctor knows about it.");
  await flags.getByRole("button", { name: "Save" }).click();
  // What is left is the folded line on what was not checked.
  await flags.locator(".flag").waitFor({ state: "detached" });
  await page.reload();
  await flags.getByText("What was not checked").waitFor();
  assert.equal(await flags.locator(".flag").count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

/** Sertraline every morning, beside what there is. */
const sertraline = [
  { kind: "medicine", name: "Sertraline", ingredients: [{ name: "Sertraline", reference: "sertraline" }] },
  {
    kind: "step", medicine: "first", action: "start",
    schedule: { repeat: "daily", unit: "mg", doses: [{ at: "08:00", amount: 50 }] },
  },
];

test("what is not for today is folded, so that the page is not pushed down", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await record(page, lithium);
  await record(page, sertraline);
  const flags = page.locator("doseline-flags");
  await flags.getByText("1 thing worth asking about").waitFor();
  assert.equal(await flags.locator(".flag").first().isVisible(), false);
  await flags.getByText("1 thing worth asking about").click();
  await flags.locator(".flag").first().waitFor();
  await flags.getByText("Why this is shown").click();
  await flags.getByText("Not covered.").waitFor();

  await record(page, [{ kind: "substance", substance: "Ibuprofen" }]);
  await flags.getByText("2 more things worth asking about").waitFor();
  assert.match(await flags.locator(".flag:visible").first().innerText(), /^Call today/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("before a medicine is added, what it goes badly with is said; both ways are open", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await record(page, lithium);
  const form = page.locator("doseline-medicines[show=medicines]");
  await form.getByRole("button", { name: "Add a medicine" }).click();
  await form.getByLabel(/^Name, brand/).fill("ibuprofen");
  await form.getByRole("button", { name: /^Use “ibuprofen”/ }).click();
  await form.getByLabel("Each time").fill("400");
  const kept = () => page.locator("doseline-flags").evaluate(async ({ diary }) => (await diary.entries()).length);
  const before = await kept();
  await form.getByRole("button", { name: "Add", exact: true }).click();
  const told = form.getByRole("region", { name: "Before you record this" });
  await told.locator("p").filter({ hasText: /ibuprofen/i }).first().waitFor();
  await form.getByRole("button", { name: "Not yet" }).click();
  assert.equal(await kept(), before, "nothing is kept");
  await form.getByRole("button", { name: "Add", exact: true }).click();
  await form.getByRole("button", { name: "Record anyway" }).click();
  await form.locator(".saved").waitFor();
  assert.equal(await kept(), before + 2);
  await page.locator("doseline-flags .flag").first().waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an answer about self-harm shows whom to call, and cannot be set aside", async () => {
  const { context, page, complaints } = await freshPage(browser);
  await visit(page, "own/today");
  await record(page, [{ kind: "assessment", instrument: "phq-9", items: [1, 1, 1, 1, 1, 1, 1, 1, 2] }]);
  const flags = page.locator("doseline-flags");
  await flags.getByRole("link", { name: /^Call 988/ }).waitFor();
  assert.match(await wordsOf(page, "doseline-flags"), /No one sees this but you/);
  assert.equal(await flags.getByRole("button", { name: /^Set aside/ }).count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
