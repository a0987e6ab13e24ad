import { Settings } from "../../preload/contract/settings.ts";
import { type ErrorCode, type Result, fail, succeed } from "../../preload/contract/result.ts";
import { readTextIfPresent, setAside, writeFileAtomically } from "./atomic-file.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { parseJson } from "./parse-json.ts";

export interface SettingsStore {
  current(): Settings;
  /** What the anchor has to know about the file as it was found. */
  readonly notices: readonly ErrorCode[];
  /** Answered once the file is on the disk; `settings.write_failed` leaves all as it was. */
  update(
    patch: Partial<{ [K in keyof Settings]: Settings[K] | undefined }>,
  ): Promise<Result<Settings>>;
  /** Resolves when nothing is being written any more. */
  settle(): Promise<void>;
}

export const defaultSettings = (locale: Settings["locale"]): Settings => ({
  locale,
  video: { profile: "h264", bitrateBps: 2_500_000 },
  audio: { bitrateBps: 128_000 },
  roomLink: null,
  rehearsalAudience: true,
  guideDone: false,
  alertRules: [],
});

/** A file that does not parse is set aside and the defaults are taken. @throws where the disk cannot be read. */
export const openSettings = async (
  path: string,
  defaults: Settings,
  nowMs: () => number,
): Promise<SettingsStore> => {
  let settings = defaults;
  const notices: ErrorCode[] = [];
  const text = await readTextIfPresent(path);
  if (text !== undefined) {
    // Files of versions before the rules have none.
    const found = parseJson(text);
    const parsed = Settings.safeParse(
      typeof found === "object" && found !== null
        ? { alertRules: defaults.alertRules, ...found }
        : found,
    );
    if (parsed.success) settings = parsed.data;
    else {
      await setAside(path, nowMs());
      notices.push("settings.invalid");
    }
  }
  const inTurn = oneAtATime();
  return {
    current: () => settings,
    notices,
    update: (patch) =>
      inTurn(async () => {
        const given = Object.entries(patch).filter(([, value]) => value !== undefined);
        const next = Settings.parse({ ...settings, ...Object.fromEntries(given) });
        try {
          await writeFileAtomically(path, JSON.stringify(next, null, 2));
        } catch (error) {
          return fail("settings.write_failed", String(error));
        }
        settings = next;
        return succeed(next);
      }),
    settle: () => inTurn(() => Promise.resolve()),
  };
};
