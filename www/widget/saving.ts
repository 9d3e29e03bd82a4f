import { useState } from "preact/hooks";
import { isDoselineError } from "../api/error.js";

/** Runs one saving at a time and keeps the sentence of a refusal. */
export function useSaving(): {
  save(action: () => Promise<unknown>): Promise<boolean>;
  busy: boolean;
  problem: string | null;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (action: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setProblem(null);
    try {
      await action();
      return true;
    } catch (error) {
      if (!isDoselineError(error)) throw error;
      setProblem(error.message);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, problem };
}
