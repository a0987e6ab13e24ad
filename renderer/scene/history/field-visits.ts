import { isTextField } from "../../ui/text-field.ts";
import type { Edit } from "../edits/edit.ts";
import type { Merge } from "./history.ts";

/** What is written into a text field, from its focus to its blur, is one step for each thing that it changes. */
export const watchFieldVisits = (target: Document) => {
  const watching = new AbortController();
  let visits = 0;
  const countVisit = (): void => {
    visits += 1;
  };
  target.addEventListener("focusin", countVisit, { signal: watching.signal });
  target.addEventListener("focusout", countVisit, { signal: watching.signal });
  return {
    mergeOf: ({ label, about }: Edit): Merge | undefined =>
      isTextField(target.activeElement)
        ? { key: `visit ${visits}: ${label} ${about.join()}` }
        : undefined,
    close: () => watching.abort(),
  };
};
