import { Settings } from "../../preload/contract/settings.ts";

/** An English studio in its rehearsal room, after the guide. */
export const settingsOf = (change: Partial<Settings> = {}): Settings =>
  Settings.parse({
    locale: "en",
    video: { profile: "h264", bitrateBps: 800_000 },
    audio: { bitrateBps: 128_000 },
    roomLink: null,
    rehearsalAudience: false,
    guideDone: true,
    alertRules: [],
    ...change,
  });
