import type { Size } from "../../preload/contract/geometry.ts";
import { succeed } from "../../preload/contract/result.ts";
import type { SourceKind, SourceOf } from "../../preload/contract/scene.ts";
import type { SourceKindOpener } from "./source-kind.ts";

/** A kind that the compositor draws from the document alone. */
export const drawnKind = <K extends SourceKind>(
  sizeOf: (source: SourceOf<K>) => Size | null,
): SourceKindOpener<K> => ({
  keyOf: (source) => JSON.stringify(sizeOf(source)),
  open: (source) =>
    Promise.resolve(
      succeed({ output: { type: "drawn", size: sizeOf(source) }, close: () => undefined }),
    ),
});
