/**
 * Refusals: real errors with a code, a field and a sentence, whichever room they arise in.
 */
import { wording } from "#core";
import type { ErrorCode } from "#types";

/** Codes of refusals that arise outside the core. */
export type ApiErrorCode =
  ErrorCode | "storage-failed" | "storage-full" | "closed" | "engine-failed";

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

/** What is said where the core, which has all other words, is not there to say it. */
const WITHOUT_WORDS = "Doseline could not be loaded. Please try again.";

/**
 * A refusal that arises outside the core, in the words of the catalogue under `key`: about a field,
 * and where the sentence names one, a value. The core must have been started on this thread.
 */
export function refusal(
  code: ApiErrorCode,
  field: string,
  key: string,
  { value = "", ...options }: ErrorOptions & { value?: string } = {},
): DoselineError {
  return new DoselineError(code, field, worded(key, field, value), options);
}

function worded(key: string, field: string, value: string): string {
  try {
    return wording(key, field, value) ?? key;
  } catch {
    return WITHOUT_WORDS;
  }
}

/** A call of a diary that was closed. */
export function closed(): DoselineError {
  return refusal("closed", "", "api.closed");
}

/** A store that a newer Doseline has written to: this page is older and must not. */
export function newerStore(): DoselineError {
  return refusal("newer-version", "schemaVersion", "api.newer-page");
}

/** What a store could not do, as a refusal; its own refusals stay as they are. */
export function storageError(cause: unknown): DoselineError {
  if (isDoselineError(cause)) return cause;
  return refusal("storage-failed", "", "api.not-kept", { cause });
}

/** Whether an error is one of Doseline's refusals. */
export function isDoselineError(error: unknown): error is DoselineError {
  return error instanceof DoselineError;
}
