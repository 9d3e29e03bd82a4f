// The folder these tests run in: one where the packed tarball is installed, as a user's would be.
// `cargo xtask test package` makes it and sets DOSELINE_PROJECT; `node --test tests/package` run by
// hand uses the workspace's link to pkg instead.
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));

/** The project's top folder. */
export const project = process.env.DOSELINE_PROJECT ?? join(here, "..", "..");

/** The folder of the package as installed. */
export const installed = dirname(createRequire(import.meta.url).resolve("doseline/package.json"));

/** The fenced blocks of a Markdown text in one language: `[{ line, code }]`. */
export function samples(markdown, language) {
  const found = [];
  let open;
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    if (open && text.trim() === "```") {
      if (open.language === language) found.push({ line: open.line, code: open.lines.join("\n") });
      open = undefined;
    } else if (open) {
      open.lines.push(text);
    } else if (text.startsWith("```")) {
      open = { language: text.slice(3).trim(), line: index + 2, lines: [] };
    }
  }
  return found;
}

/** Writes a file where `import "doseline"` finds the installed package, until the tests end; returns its path. */
export async function beside(name, text) {
  const folder = await mkdtemp(join(here, "written-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Type-checks files as the strictest user would; returns what the compiler says, "" when nothing. */
export async function typeErrors(files) {
  const tsc = join(project, "node_modules", "typescript", "bin", "tsc");
  const options = [
    "--strict",
    "--exactOptionalPropertyTypes",
    "--noEmit",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--lib",
    "es2023,dom,dom.iterable",
    "--types",
    "",
  ];
  try {
    await promisify(execFile)(process.execPath, [tsc, ...options, ...files], { cwd: here });
    return "";
  } catch (error) {
    return error.stdout || String(error);
  }
}

/** A module that the build wrote into the project, or `undefined` when it is not there. */
export async function projectModule(...path) {
  const text = await projectFile(...path);
  return text === undefined ? undefined : import(pathToFileURL(join(project, ...path)));
}

/** A file of the project as text, or `undefined` when it is not there. */
export async function projectFile(...path) {
  try {
    return await readFile(join(project, ...path), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
