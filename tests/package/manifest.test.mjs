// The manifest: what npm, Node and bundlers read.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { installed, project } from "./consumer.mjs";

test("publint finds nothing to mend", async () => {
  const require = createRequire(join(project, "tests", "package.json"));
  const { publint } = await import(pathToFileURL(require.resolve("publint")));
  const { messages } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(messages, []);
});

test("the tarball holds the README, both licences and dist, and no source", async () => {
  const names = (await readdir(installed)).filter((name) => name !== "node_modules").sort();
  assert.deepEqual(names, ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "dist", "package.json"]);
});

test("importing the package in Node touches no page", async () => {
  assert.equal(typeof globalThis.document, "undefined");
  await import("doseline");
});
