import init, * as core from "#core";
import type { Version } from "#types";

/** Loads the engine and returns its version. */
export async function version(): Promise<Version> {
  const url = new URL("core.wasm", import.meta.url);
  const wasm =
    url.protocol === "file:" ? (await import("node:fs/promises")).readFile(url) : fetch(url);
  await init({ module_or_path: await wasm });
  return core.version();
}
