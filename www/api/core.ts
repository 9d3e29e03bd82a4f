/** The core on this thread: loading the wasm and running one session of it. */
import init, { initSync, Session } from "#core";
import type { SessionOptions } from "#types";
import { closed, isDoselineError, refusal } from "../error/error.js";
import type { Refusal } from "./protocol.js";

let compiled: Promise<WebAssembly.Module> | null = null;
let started: Promise<unknown> | null = null;

/** The compiled core, fetched or read from disk once. */
export function coreModule(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((cause: unknown) => {
    compiled = null;
    throw refusal("engine-failed", "", "api.gave-way", { cause });
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
 * Calls whose first argument is a long text of a store. The core takes it as bytes: the glue would
 * copy a string into it letter by letter.
 */
const TEXTS = new Set(["addLines", "merge"]);

const encoder = new TextEncoder();
let room = new Uint8Array();

/** The UTF-8 of a text until the next is asked for: always new bytes would take most of the time. */
function bytesOf(text: string): Uint8Array {
  // A UTF-16 code unit takes three bytes at most.
  if (room.length < text.length * 3) room = new Uint8Array(text.length * 3);
  return room.subarray(0, encoder.encodeInto(text, room).written);
}

/** One session: calls by name, on the wasm object of this thread. */
export class LocalSession {
  #session: Session | null = null;

  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    if (name === "open") {
      this.#release();
      this.#session = new Session(args[0] as SessionOptions);
      return undefined;
    }
    if (name === "close") {
      this.#release();
      return undefined;
    }
    const session = this.#session;
    if (!session) throw closed();
    const method = Reflect.get(session, name) as (...args: unknown[]) => unknown;
    const [first, ...rest] = args;
    return typeof first === "string" && TEXTS.has(name)
      ? method.call(session, bytesOf(first), ...rest)
      : method.apply(session, [...args]);
  }

  #release(): void {
    const session = this.#session;
    this.#session = null;
    try {
      session?.free();
    } catch {
      // A core that gave way in the middle of a call never lets go of its session.
    }
  }
}

/** An error of the core as plain data. */
export function refusalOf(error: unknown): Refusal {
  if (isDoselineError(error)) {
    return { code: error.code, field: error.field, message: error.message };
  }
  const { code, field, message } = (error ?? {}) as Partial<Refusal>;
  if (typeof code === "string" && typeof field === "string") {
    return { code, field, message: message ?? "" };
  }
  const { message: sentence } = refusal("engine-failed", "", "api.gave-way");
  return { code: "engine-failed", field: "", message: sentence };
}
