// The published declarations, checked by the compiler alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { beside, projectFile, typeErrors } from "./consumer.mjs";

const everything = `import * as api from "doseline";
import * as elements from "doseline/elements";
export { api, elements };
`;

test("the declarations resolve and hold for a strict user without Node's types", async () => {
  assert.equal(await typeErrors([await beside("everything.ts", everything)]), "");
});

test("a name that the package does not have is refused", async () => {
  const wrong = await beside("wrong.ts", 'import { noSuchName } from "doseline";\nnoSuchName();\n');
  assert.match(await typeErrors([wrong]), /noSuchName/);
});

const samples = await projectFile("target", "types", "samples.ts");

test(
  "every variant and result that Rust writes satisfies its type",
  { skip: samples === undefined && "target/types/samples.ts is not there: `cargo test` writes it" },
  async () => {
    assert.equal(await typeErrors([await beside("samples.ts", samples)]), "");
  },
);
