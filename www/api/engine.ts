/** Where a session runs: in a worker where there are workers, otherwise in place. */
import { breathe } from "#core";
import { closed, DoselineError } from "../error/error.js";
import { coreModule, LocalSession, refusalOf, startCore } from "./core.js";
import { opened } from "./parcel.js";
import { plainData } from "./plain.js";
import type { Answer, Request, Start } from "./protocol.js";

/** Runs the calls of a session. A call that fails leaves nothing half done in the diary. */
export interface Engine {
  call(name: string, ...args: readonly unknown[]): Promise<unknown>;
  stop(): void;
}

/**
 * An engine that outlives a failure of the core, or of its worker: the calls that met it reject with
 * `engine-failed`, and the next one runs on a new engine, which `open` fills from the store.
 */
export class LastingEngine implements Engine {
  readonly #open: () => Promise<Engine>;
  /** Calls that every engine has to hear, in their order. */
  readonly #lasting: [string, unknown][] = [];
  #running: Promise<Engine> | null = null;
  #stopped = false;

  constructor(open: () => Promise<Engine>) {
    this.#open = open;
  }

  async call(name: string, ...args: readonly unknown[]): Promise<unknown> {
    const plain = args.map((argument) => plainData(argument));
    const engine = await this.#engine();
    const running = this.#running;
    try {
      return await engine.call(name, ...plain);
    } catch (error) {
      if (hasFailed(error)) {
        engine.stop();
        if (this.#running === running) this.#running = null;
      }
      throw error;
    }
  }

  /** A call whose effect is not in the store, so that a new engine hears it again. */
  async lasting(name: string, argument: unknown): Promise<unknown> {
    const plain = plainData(argument);
    const answer = await this.call(name, plain);
    this.#lasting.push([name, plain]);
    return answer;
  }

  stop(): void {
    this.#stopped = true;
    this.#running?.then((engine) => engine.stop(), () => undefined);
    this.#running = null;
  }

  #engine(): Promise<Engine> {
    if (this.#stopped) return Promise.reject(closed());
    if (this.#running) return this.#running;
    const opening = this.#start().catch((error: unknown) => {
      if (this.#running === opening) this.#running = null;
      throw error;
    });
    this.#running = opening;
    return opening;
  }

  async #start(): Promise<Engine> {
    const engine = await this.#open();
    for (const [name, argument] of this.#lasting) await engine.call(name, argument);
    return engine;
  }
}

/** Whether an error says that the engine itself gave way, not that it refused. */
export function hasFailed(error: unknown): boolean {
  return error instanceof DoselineError && error.code === "engine-failed";
}

/** Starts a session's engine. */
export async function startEngine(): Promise<Engine> {
  if (typeof Worker === "function" && typeof document === "object") {
    try {
      return await startWorker(await coreModule());
    } catch (error) {
      if (error instanceof DoselineError) throw error;
      // A page whose policy refuses workers still has the core in place: same code, same results.
    }
  }
  return startInPlace();
}

async function startInPlace(): Promise<Engine> {
  await startCore();
  const session = new LocalSession();
  return {
    async call(name, ...args) {
      try {
        if (name === "addLines") await breathe();
        return opened(await session.call(name, args));
      } catch (error) {
        const { code, field, message } = refusalOf(error);
        throw new DoselineError(code, field, message, { cause: error });
      }
    },
    stop: () => void session.call("close", []),
  };
}

interface Waiting {
  done(result: unknown): void;
  failed(error: Error): void;
}

async function startWorker(module: WebAssembly.Module): Promise<Engine> {
  const worker = new Worker(trusted(new URL("worker.js", import.meta.url)), { type: "module" });
  await new Promise<void>((ready, failed) => {
    worker.onmessage = () => ready();
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      failed(new Error(event.message));
    };
    worker.postMessage({ module } satisfies Start);
  });
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let failure: DoselineError | null = null;

  /** Nothing more will come from the worker: nobody is left waiting for it. */
  const end = (cause: unknown): void => {
    const { code, field, message } = refusalOf(cause);
    failure = new DoselineError(code, field, message, { cause });
    worker.terminate();
    for (const asked of waiting.values()) asked.failed(failure);
    waiting.clear();
  };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const asked = waiting.get(data.call);
    waiting.delete(data.call);
    if ("result" in data) asked?.done(opened(data.result));
    else {
      const { code, field, message } = data.refusal;
      asked?.failed(new DoselineError(code, field, message));
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end(event);
  };
  worker.onmessageerror = end;
  return {
    call(name, ...args) {
      return new Promise((done, failed) => {
        if (failure) {
          failed(failure);
          return;
        }
        calls += 1;
        waiting.set(calls, { done, failed });
        worker.postMessage({ call: calls, name, args } satisfies Request);
      });
    },
    stop: () => end(closed()),
  };
}

/**
 * A page that requires trusted types wants the worker's address from a policy. Where the policy
 * `doseline` is not allowed, making it throws, and the core runs in place.
 */
function trusted(url: URL): URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return url;
  policy ??= trustedTypes.createPolicy("doseline", { createScriptURL: (text) => text });
  return policy.createScriptURL(url.href) as URL;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(text: string): string }): Policy;
}

interface Policy {
  createScriptURL(text: string): unknown;
}

let policy: Policy | null = null;
