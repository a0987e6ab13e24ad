import { SceneDocument } from "../../preload/contract/scene.ts";
import { type ErrorCode, type Result, fail, succeed } from "../../preload/contract/result.ts";
import { readTextIfPresent, setAside, writeFileAtomically } from "./atomic-file.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { parseJson } from "./parse-json.ts";

export interface DocumentStore {
  /** As last saved; null before the first save. */
  current(): SceneDocument | null;
  readonly notices: readonly ErrorCode[];
  /** Answered once the document is on the disk; `document.write_failed` leaves the file as it was. */
  save(document: SceneDocument): Promise<Result<Record<string, never>>>;
  /** Resolves when nothing is being written any more. */
  settle(): Promise<void>;
}

/**
 * Reads `path`; where that is broken it is set aside and `previousPath`, the version saved before it, is taken.
 * @throws where the disk cannot be read.
 */
export const openDocument = async (
  path: string,
  previousPath: string,
  nowMs: () => number,
): Promise<DocumentStore> => {
  let document: SceneDocument | null = null;
  /** What `path` holds, as far as it is good. */
  let saved: string | null = null;
  const notices: ErrorCode[] = [];
  const read = async (from: string): Promise<"missing" | "broken" | "good"> => {
    const text = await readTextIfPresent(from);
    if (text === undefined) return "missing";
    const parsed = SceneDocument.safeParse(parseJson(text));
    if (!parsed.success) {
      await setAside(from, nowMs());
      return "broken";
    }
    document = parsed.data;
    saved = text;
    return "good";
  };
  const found = await read(path);
  if (found === "broken") notices.push("document.invalid");
  if (found !== "good") await read(previousPath);

  const inTurn = oneAtATime();
  return {
    current: () => document,
    notices,
    save: (next) =>
      inTurn(async () => {
        const text = JSON.stringify(next);
        if (text === saved) return succeed({});
        try {
          if (saved !== null) await writeFileAtomically(previousPath, saved);
          await writeFileAtomically(path, text);
        } catch (error) {
          return fail("document.write_failed", String(error));
        }
        document = next;
        saved = text;
        return succeed({});
      }),
    settle: () => inTurn(() => Promise.resolve()),
  };
};
