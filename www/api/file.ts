import { readFile } from "#core";
import { refusal } from "../error/error.js";

/** The text of a chosen file. The core must have been started on this thread. */
export async function textOf(file: Blob): Promise<string> {
  try {
    // Node has files but no file reader.
    const bytes = typeof FileReader === "function" ? await readFile(file) : await file.arrayBuffer();
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes as ArrayBuffer);
  } catch (cause) {
    throw refusal("invalid-json", "", "api.not-text", { cause });
  }
}
