// Every sample of the READMEs is run or type-checked against the installed package.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { beside, projectFile, samples, typeErrors } from "./consumer.mjs";

for (const readme of [["README.md"], ["pkg", "README.md"]]) {
  const name = readme.join("/");
  const text = (await projectFile(...readme)) ?? "";

  for (const { line, code } of samples(text, "js")) {
    test(`${name}:${line} runs`, async () => {
      const file = await beside("sample.mjs", code);
      await promisify(execFile)(process.execPath, [file]);
    });
  }

  for (const { line, code } of samples(text, "ts")) {
    test(`${name}:${line} type-checks`, async () => {
      assert.equal(await typeErrors([await beside("sample.ts", code)]), "");
    });
  }
}

test("samples finds the blocks of one language, with the line each starts at", () => {
  const text = "a\n```js\none;\ntwo;\n```\n```html\n<p>\n```\n```ts\nthree;\n```\n";
  assert.deepEqual(samples(text, "js"), [{ line: 3, code: "one;\ntwo;" }]);
  assert.deepEqual(samples(text, "ts"), [{ line: 10, code: "three;" }]);
});
