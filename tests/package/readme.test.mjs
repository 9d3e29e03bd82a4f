// Every sample of the READMEs is run or type-checked against the installed package. What a sample
// asserts must hold. `tests/browser/elements.test.mjs` runs the sample that is a page.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { openDiary } from "doseline";
import { beside, project, projectFile, samples, typeErrors } from "./consumer.mjs";

// `console.assert` alone only says that something does not hold, and the process ends well.
const strictly = await beside("strictly.mjs", `console.assert = (holds, ...told) => {
  if (!holds) throw new Error(["the sample's assertion does not hold", ...told].join(" "));
};
`);

/** Runs a module as a user would, but for its assertions. */
function run(file) {
  return promisify(execFile)(process.execPath, ["--import", pathToFileURL(strictly).href, file]);
}

/** TypeScript without its types, as any bundler would leave it. */
function withoutTypes(code) {
  const { transformSync } = createRequire(join(project, "package.json"))("esbuild");
  return transformSync(code, { loader: "ts", format: "esm", target: "node20" }).code;
}

test("a sample whose assertion does not hold fails", async () => {
  await run(await beside("sample.mjs", "console.assert(1 + 1 === 2);\n"));
  await assert.rejects(run(await beside("sample.mjs", "console.assert(1 + 1 === 3);\n")), /does not hold/);
});

for (const readme of [["README.md"], ["pkg", "README.md"]]) {
  const name = readme.join("/");
  const text = (await projectFile(...readme)) ?? "";

  for (const { line, code } of samples(text, "js")) {
    test(`${name}:${line} runs`, async () => {
      await run(await beside("sample.mjs", code));
    });
  }

  for (const { line, code } of samples(text, "ts")) {
    test(`${name}:${line} type-checks and runs`, async () => {
      assert.equal(await typeErrors([await beside("sample.ts", code)]), "");
      await run(await beside("sample.mjs", withoutTypes(code)));
    });
  }
}

test("the store of the README keeps a diary behind a server", async (t) => {
  const found = samples(await projectFile("pkg", "README.md"), "ts").find(({ code }) => code.includes("portalStore"));
  const { portalStore } = await import(pathToFileURL(await beside("store.mjs", withoutTypes(found.code))));
  const kept = { subject: null, schemaVersion: null, lines: [] };
  const server = createServer(async (request, answer) => {
    let body = "";
    for await (const piece of request) body += piece;
    if (request.method === "POST") {
      const { subject, schemaVersion, add } = JSON.parse(body);
      Object.assign(kept, { subject, schemaVersion });
      kept.lines.push(...add.map(({ json }) => json));
    }
    answer.end(JSON.stringify(kept));
  });
  t.after(() => server.close());
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const store = portalStore(`http://127.0.0.1:${server.address().port}/`);
  const diary = await openDiary({ subject: "someone", store });
  await diary.record({ kind: "check-in", ratings: { mood: 4 } });
  await diary.close();
  const again = await openDiary({ subject: "someone", store });
  assert.deepEqual((await again.entries()).map(({ ratings }) => ratings), [{ mood: 4 }]);
  await again.close();
});

test("samples finds the blocks of one language, with the line each starts at", () => {
  const text = "a\n```js\none;\ntwo;\n```\n```html\n<p>\n```\n```ts\nthree;\n```\n";
  assert.deepEqual(samples(text, "js"), [{ line: 3, code: "one;\ntwo;" }]);
  assert.deepEqual(samples(text, "ts"), [{ line: 10, code: "three;" }]);
});
