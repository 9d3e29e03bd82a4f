/**
 * How the page and the core speak, whether the core runs in a worker or in place: a request names
 * a function of the session and its arguments; the answer is its result or its refusal.
 */
import type { ApiErrorCode } from "../error/error.js";

export interface Request {
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export type Answer =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly refusal: Refusal };

/** An error as plain data. */
export interface Refusal {
  readonly code: ApiErrorCode;
  readonly field: string;
  readonly message: string;
}

/** What the worker is started with. */
export interface Start {
  readonly module: WebAssembly.Module;
}
