/** The core on this thread: loading the wasm and running one session of it. */
import init, { initSync, Session } from "#core";
import type { SessionOptions } from "#types";
import { DoselineError, isDoselineError } from "./error.js";
import type { Refusal } from "./protocol.js";

let compiled: Promise<WebAssembly.Module> | null = null;
let started: Promise<unknown> | null = null;

/** The compiled core, fetched or read from disk once. */
export function coreModule(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((cause: unknown) => {
    compiled = null;
    throw new DoselineError("engine-failed", "", "Doseline could not be loaded. Please try again.", {
      cause,
    });
  });
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const url = new URL("core.wasm", import.meta.url);
  if (url.protocol !== "file:") return WebAssembly.compileStreaming(fetch(url));
  const { readFile } = await import("node:fs/promises");
  return WebAssembly.compile(await readFile(url));
}

/** Starts the core on this thread. */
export async function startCore(): Promise<void> {
  started ??= coreModule().then((module) => init({ module_or_path: module }));
  await started;
}

/** Starts the core on this thread from a module that another thread has compiled. */
export function startCoreFrom(module: WebAssembly.Module): void {
  initSync({ module });
}

/**
 * Calls whose first argument is a long text. The core takes it as bytes, and a page hands it to its
 * worker as it is: encoding a whole diary would keep the page waiting.
 */
const TEXTS = new Set(["addLines", "merge", "subjectOf", "prepareFile", "prepareCsv"]);

/** One session: calls by name, on the wasm object of this thread. */
export class LocalSession {
  #session: Session | null = null;

  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    if (name === "open") {
      this.#session?.free();
      this.#session = new Session(args[0] as SessionOptions);
      return undefined;
    }
    if (name === "close") {
      this.#session?.free();
      this.#session = null;
      return undefined;
    }
    const session = this.#session;
    if (!session) throw new DoselineError("closed", "", "This diary is closed.");
    const method = Reflect.get(session, name) as (...args: unknown[]) => unknown;
    const [first, ...rest] = args;
    return typeof first === "string" && TEXTS.has(name)
      ? method.call(session, new TextEncoder().encode(first), ...rest)
      : method.apply(session, [...args]);
  }
}

/** An error of the core as plain data. */
export function refusalOf(error: unknown): Refusal {
  if (isDoselineError(error)) {
    return { code: error.code, field: error.field, message: error.message };
  }
  const { code, field, message } = error as Partial<Refusal>;
  if (typeof code === "string" && typeof field === "string") {
    return { code, field, message: message ?? "" };
  }
  return {
    code: "engine-failed",
    field: "",
    message: "Something went wrong inside Doseline. What was saved before is safe; please reload.",
  };
}
