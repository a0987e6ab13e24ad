import type { Source, SourceKind, SourceOf } from "../../../preload/contract/scene.ts";
import { useStudio } from "../../studio/studio-context.ts";
import type { Edit } from "../edits/edit.ts";
import { changeSource } from "../edits/source-edits.ts";

/** What the form of a kind works on; each change is applied at once. */
export interface SourceFormProps<K extends SourceKind> {
  readonly source: SourceOf<K>;
}

type Fields<S extends Source> = Partial<Omit<S, "id" | "kind">>;

/** `apply` makes a change, `preview` shows one that is still under the pointer. */
export const useSourceChange = <S extends Source>(source: S) => {
  const { document } = useStudio();
  const edit = (fields: Fields<S>): Edit =>
    changeSource(source.id, (found) =>
      found.kind === source.kind ? { ...found, ...fields } : found,
    );
  return {
    apply: (fields: Fields<S>) => document.apply(edit(fields)),
    preview: (fields: Fields<S>) => document.preview(edit(fields)),
  };
};
