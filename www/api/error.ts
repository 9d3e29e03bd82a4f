import type { ErrorCode } from "#types";

/** Codes of refusals that arise outside the core. */
export type ApiErrorCode =
  ErrorCode | "storage-failed" | "storage-full" | "not-available" | "closed" | "engine-failed";

/** A refusal: nothing was changed. `message` is a sentence for the person. */
export class DoselineError extends Error {
  override readonly name = "DoselineError";

  constructor(
    /** Stable code. */
    readonly code: ApiErrorCode,
    /** Path of the field it is about, empty when it is about the whole. */
    readonly field: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether an error is one of Doseline's refusals. */
export function isDoselineError(error: unknown): error is DoselineError {
  return error instanceof DoselineError;
}
