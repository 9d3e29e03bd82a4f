// The browser of these tests and the page they open. `cargo xtask test browser` finds the one,
// serves the other and names both in DOSELINE_CHROME and DOSELINE_DEMO.
import { chromium } from "playwright-core";

/** The address of the served demo, with a slash at its end. */
export const demo = needed("DOSELINE_DEMO");

/** Starts the browser; close it in `after`. */
export function launch() {
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
    ],
  });
}

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by \`cargo xtask test browser\``);
  return value;
}
