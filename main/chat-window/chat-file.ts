import { z } from "zod";
import {
  ChatSettings,
  KeptChatSettings,
  usualChatSettings,
} from "../../preload/contract/chat-settings.ts";
import { type Result, fail, succeed } from "../../preload/contract/result.ts";
import { readTextIfPresent, setAside, writeFileAtomically } from "../storage/atomic-file.ts";
import { oneAtATime } from "../storage/one-at-a-time.ts";
import { parseJson } from "../storage/parse-json.ts";
import type { Bounds } from "./place-window.ts";

const ChatFile = z.object({
  settings: KeptChatSettings,
  bounds: z
    .object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })
    .nullable()
    .catch(null),
});

/** What the chat window is to be like when it is opened again. */
export interface ChatFileStore {
  readonly settings: ChatSettings;
  readonly bounds: Bounds | null;
  /** `settings.write_failed` leaves all as it was. */
  saveSettings(patch: {
    [K in keyof ChatSettings]?: ChatSettings[K] | undefined;
  }): Promise<Result<ChatSettings>>;
  saveBounds(bounds: Bounds): Promise<Result<unknown>>;
  /** Resolves when nothing is being written any more. */
  settle(): Promise<void>;
}

/** A file that is no JSON is set aside. @throws where the disk cannot be read. */
export const openChatFile = async (path: string, nowMs: () => number): Promise<ChatFileStore> => {
  const text = await readTextIfPresent(path);
  const found = text === undefined ? {} : parseJson(text);
  const parsed = ChatFile.safeParse(found);
  if (!parsed.success) await setAside(path, nowMs());
  let { settings, bounds } = parsed.data ?? { settings: usualChatSettings, bounds: null };
  const inTurn = oneAtATime();
  const write = async (next: z.infer<typeof ChatFile>): Promise<Result<unknown>> => {
    try {
      await writeFileAtomically(path, JSON.stringify(next, null, 2));
    } catch (error) {
      return fail("settings.write_failed", String(error));
    }
    ({ settings, bounds } = next);
    return succeed({});
  };
  return {
    get settings() {
      return settings;
    },
    get bounds() {
      return bounds;
    },
    saveSettings: (patch) =>
      inTurn(async () => {
        const given = Object.entries(patch).filter(([, value]) => value !== undefined);
        const next = ChatSettings.parse({ ...settings, ...Object.fromEntries(given) });
        const written = await write({ settings: next, bounds });
        return written.ok ? succeed(next) : written;
      }),
    saveBounds: (next) => inTurn(() => write({ settings, bounds: { ...next } })),
    settle: () => inTurn(() => Promise.resolve()),
  };
};
