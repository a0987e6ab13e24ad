import { z } from "zod";
import { FilterPresets } from "../../preload/contract/filter-preset.ts";
import { type ErrorCode, type Result, fail, succeed } from "../../preload/contract/result.ts";
import { readTextIfPresent, setAside, writeFileAtomically } from "./atomic-file.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { parseJson } from "./parse-json.ts";

const PresetsFile = z.object({ version: z.literal(1), presets: FilterPresets });

export interface FilterPresetStore {
  current(): FilterPresets;
  readonly notices: readonly ErrorCode[];
  /** Answered once the file is on the disk; `filter_presets.write_failed` leaves all as it was. */
  save(presets: FilterPresets): Promise<Result<Record<string, never>>>;
  /** Resolves when nothing is being written any more. */
  settle(): Promise<void>;
}

/** A file that does not parse is set aside, and there are no presets then. @throws where the disk cannot be read. */
export const openFilterPresets = async (
  path: string,
  nowMs: () => number,
): Promise<FilterPresetStore> => {
  let presets: FilterPresets = [];
  const notices: ErrorCode[] = [];
  const text = await readTextIfPresent(path);
  if (text !== undefined) {
    const parsed = PresetsFile.safeParse(parseJson(text));
    if (parsed.success) ({ presets } = parsed.data);
    else {
      await setAside(path, nowMs());
      notices.push("filter_presets.invalid");
    }
  }
  const inTurn = oneAtATime();
  return {
    current: () => presets,
    notices,
    save: (next) =>
      inTurn(async () => {
        try {
          await writeFileAtomically(path, JSON.stringify({ version: 1, presets: next }, null, 2));
        } catch (error) {
          return fail("filter_presets.write_failed", String(error));
        }
        presets = next;
        return succeed({});
      }),
    settle: () => inTurn(() => Promise.resolve()),
  };
};
