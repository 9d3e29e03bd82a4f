// Serves a page of the fixtures to a browser without a server: every request of the context is
// answered from here, under the strictest content policy the elements must live with.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const origin = "http://fixture.test";
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'none'; " +
  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Bundles `fixtures/<name>.mjs`; the engine itself is left out. */
export async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`fixtures/${name}.mjs`, import.meta.url))],
    bundle: true,
    format: "esm",
    write: false,
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".css": "text" },
    external: ["node:*"],
    plugins: [{ name: "without-engine", setup: withoutEngine }],
  });
  return outputFiles[0].text;
}

/** The charts draw what a diary gives them; what would open a diary is not part of the page. */
function withoutEngine(build) {
  build.onResolve({ filter: /^#core$/ }, () => ({ path: "core", namespace: "absent" }));
  build.onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "module.exports = {};" }));
}

/** Opens the page with a query in a new context; `options` are the context's. */
export async function open(browser, script, query, options = {}) {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Asia/Kolkata",
    ...options,
  });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  await context.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/")
      return route.fulfill({
        contentType: "text/html",
        body: html,
        headers: { "content-security-policy": policy },
      });
    if (pathname === "/page.js")
      return route.fulfill({ contentType: "text/javascript", body: script });
    if (pathname === "/page.css") return route.fulfill({ contentType: "text/css", body: css });
    return route.fulfill({ status: 204 });
  });
  await page.goto(`${origin}/?${query}`);
  return { page, complaints, close: () => context.close() };
}

const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Charts</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css">
<main><h1>Charts</h1></main><script type="module" src="/page.js"></script></html>`;

const css = `body { margin: 0; padding: 1rem; background: #f6f5f1; } h1 { font: 1rem sans-serif; margin: 0; }
main > * + * { margin-top: 1rem; } @media (prefers-color-scheme: dark) { body { background: #12181d; color: #eee; } }
@media (max-width: 400px) { body { padding: 0.5rem; } }`;
