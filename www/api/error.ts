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

/** A call of a diary that was closed. */
export function closed(): DoselineError {
  return new DoselineError("closed", "", "This diary is closed.");
}

/** A store that a newer Doseline has written to: this page is older and must not. */
export function newerStore(): DoselineError {
  const sentence = "This diary was opened by a newer version of Doseline. Please reload the page.";
  return new DoselineError("newer-version", "schemaVersion", sentence);
}

/** What a store could not do, as a refusal; its own refusals stay as they are. */
export function storageError(cause: unknown): DoselineError {
  if (isDoselineError(cause)) return cause;
  const sentence = "The diary could not be kept or read. Nothing was changed.";
  return new DoselineError("storage-failed", "", sentence, { cause });
}

/** Whether an error is one of Doseline's refusals. */
export function isDoselineError(error: unknown): error is DoselineError {
  return error instanceof DoselineError;
}
