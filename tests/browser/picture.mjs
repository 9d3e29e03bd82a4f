// Takes the README's picture: the timeline of the first made-up example, from its finding down to its
// axis. `cargo xtask picture` names the file to write.
import { demo, freshPage, launch } from "./chromium.mjs";
import { visit } from "./diary.mjs";

const [path] = process.argv.slice(2);
const browser = await launch();
const { page } = await freshPage(browser, { viewport: { width: 1100, height: 1400 }, reducedMotion: "reduce" });
await visit(page, "example-1/timeline", demo);
await page.evaluate(() => document.fonts.ready);
const panel = await page.locator("doseline-timeline .panel").boundingBox();
const room = await page.locator("doseline-timeline .room").boundingBox();
const height = room.y + room.height - panel.y;
await page.screenshot({ path, clip: { ...panel, height }, fullPage: true });
await browser.close();
