/** Where a session runs: in a worker where there are workers, otherwise in place. */
import { breathe } from "#core";
import { coreModule, LocalSession, refusalOf, startCore } from "./core.js";
import { DoselineError } from "./error.js";
import type { Answer, Request, Start } from "./protocol.js";

export interface Engine {
  call(name: string, ...args: readonly unknown[]): Promise<unknown>;
  stop(): void;
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
        return await session.call(name, args);
      } catch (error) {
        const { code, field, message } = refusalOf(error);
        throw new DoselineError(code, field, message, { cause: error });
      }
    },
    stop: () => void session.call("close", []),
  };
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
  const waiting = new Map<number, { done: (result: unknown) => void; failed: (error: Error) => void }>();
  let calls = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const asked = waiting.get(data.call);
    waiting.delete(data.call);
    if ("result" in data) asked?.done(data.result);
    else {
      const { code, field, message } = data.refusal;
      asked?.failed(new DoselineError(code, field, message));
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const { code, field, message } = refusalOf(event);
    for (const asked of waiting.values()) asked.failed(new DoselineError(code, field, message));
    waiting.clear();
  };
  return {
    call(name, ...args) {
      return new Promise((done, failed) => {
        calls += 1;
        waiting.set(calls, { done, failed });
        worker.postMessage({ call: calls, name, args } satisfies Request);
      });
    },
    stop: () => worker.terminate(),
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
