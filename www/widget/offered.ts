/** What an analysis answers, or why there is none, where that is no fault. */
import { isDoselineError } from "../api/index.js";

/** The answer; null where the portal does not offer it. */
export function offered<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch(insteadOf("not-available", null));
}

/** The answer; undefined where there is none for such a medicine or outcome. */
export function answered<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch(insteadOf("unknown-value", undefined));
}

function insteadOf<None>(code: string, none: None): (error: unknown) => None {
  return (error) => {
    if (isDoselineError(error) && error.code === code) return none;
    throw error;
  };
}
