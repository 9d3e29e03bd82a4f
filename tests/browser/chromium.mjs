// The browser of these tests and the page they open. `cargo xtask test browser` finds the one,
// serves the other and names both in DOSELINE_CHROME and DOSELINE_DEMO.
import { chromium } from "playwright-core";

/** The address of the served demo, with a slash at its end. */
export const demo = needed("DOSELINE_DEMO");

/** Starts the browser, with more arguments where a test needs them; close it in `after`. */
export function launch(more = []) {
  return chromium.launch({
    executablePath: needed("DOSELINE_CHROME"),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      ...more,
    ],
  });
}

/**
 * A page of a browser profile of its own. `complaints` fills with what goes wrong in it: errors of
 * scripts and of the console, and everything its content policy and its trusted types refuse.
 */
export async function freshPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  // The first page of a cold browser compiles the wasm while other tests load the machine.
  page.setDefaultTimeout(45_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await context.exposeFunction("complain", (text) => complaints.push(text));
  await context.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
      window.complain(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`)),
  );
  return { context, page, complaints };
}

/** Resolves when the page's files are kept and the worker that keeps them answers for the page. */
export function keptForOffline(page) {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((done) =>
      navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }),
    );
  });
}

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by \`cargo xtask test browser\``);
  return value;
}
