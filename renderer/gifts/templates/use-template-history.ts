import { useState } from "react";
import { useStore } from "zustand";
import type { AlertTemplates } from "../../../preload/contract/alert-template.ts";
import type { ErrorCode } from "../../../preload/contract/result.ts";
import type { TemplateStore } from "./template-store.ts";

const mostSteps = 100;

/** The steps of one visit to the editor: what held before each of them, and after those that were undone. */
export const useTemplateHistory = (store: TemplateStore) => {
  const templates = useStore(store.state);
  const [past, setPast] = useState<readonly AlertTemplates[]>([]);
  const [future, setFuture] = useState<readonly AlertTemplates[]>([]);
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  const hold = async (next: AlertTemplates) => {
    const answer = await store.set(next);
    setProblem(answer.ok ? null : answer.error.code);
  };
  const change = (next: AlertTemplates) => {
    setPast([...past.slice(1 - mostSteps), templates]);
    setFuture([]);
    void hold(next);
  };
  const undo = () => {
    const before = past.at(-1);
    if (!before) return;
    setPast(past.slice(0, -1));
    setFuture([templates, ...future]);
    void hold(before);
  };
  const redo = () => {
    const [after] = future;
    if (!after) return;
    setPast([...past, templates]);
    setFuture(future.slice(1));
    void hold(after);
  };
  return {
    templates,
    problem,
    setProblem,
    change,
    undo: past.length > 0 ? undo : undefined,
    redo: future.length > 0 ? redo : undefined,
  };
};
