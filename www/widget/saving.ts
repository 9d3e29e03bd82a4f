import { useState } from "preact/hooks";
import { isDoselineError } from "../error/error.js";

/** A refusal: the field it is about and the sentence for the person. */
export interface Problem {
  readonly field: string;
  readonly sentence: string;
}

/** Runs one saving at a time and keeps its refusal. */
export function useSaving(): {
  save(action: () => Promise<unknown>): Promise<boolean>;
  busy: boolean;
  problem: Problem | null;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (action: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await action();
      return true;
    } catch (error) {
      if (!isDoselineError(error)) throw error;
      setProblem({ field: error.field, sentence: error.message });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, problem };
}
