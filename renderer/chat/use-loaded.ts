import { useCallback, useEffect, useState } from "react";
import type { ErrorCode, Result } from "../../preload/contract/result.ts";

interface Loaded<T> {
  readonly value: T | null;
  readonly problem: ErrorCode | null;
}

const after = <T>(before: Loaded<T>, answer: Result<T>): Loaded<T> =>
  answer.ok
    ? { value: answer.value, problem: null }
    : { value: before.value, problem: answer.error.code };

/** What `load` gives: at first, when another `load` is passed, and again by `reload`. */
export const useLoaded = <T>(load: () => Promise<Result<T>>) => {
  const [state, setState] = useState<Loaded<T>>({ value: null, problem: null });
  useEffect(() => {
    let over = false;
    void load().then((answer) => {
      if (!over) setState((before) => after(before, answer));
    });
    return () => {
      over = true;
    };
  }, [load]);
  const reload = useCallback(async (): Promise<void> => {
    const answer = await load();
    setState((before) => after(before, answer));
  }, [load]);
  return { ...state, reload };
};
