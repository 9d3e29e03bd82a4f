// The engine runs in Node as it was shipped.
import assert from "node:assert/strict";
import { test } from "node:test";
import { version } from "doseline";
import manifest from "doseline/package.json" with { type: "json" };

test("the engine has the package's version", async () => {
  assert.equal(await version(), manifest.version);
});
