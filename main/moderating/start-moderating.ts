import { join } from "node:path";
import { app, protocol, session } from "electron";
import type { Logger } from "pino";
import type { Locale } from "../../preload/contract/settings.ts";
import { type AppFiles, createAppHandler } from "../app-protocol.ts";
import { openChatFile } from "../chat-window/chat-file.ts";
import { type DeepLinks, findDeepLink } from "../deep-links.ts";
import { installPermissions } from "../permissions.ts";
import type { BackOff } from "../room/back-off.ts";
import { openPictures } from "../storage/pictures.ts";
import { defaultSettings, openSettings } from "../storage/settings.ts";
import { studioScheme } from "../studio-origin.ts";
import { findInvitation, type InvitationAddress } from "./invitation-link.ts";
import { Moderating } from "./moderating.ts";
import { openModeratorIdentities } from "./moderator-identity.ts";

export interface ModeratingStart {
  readonly invitation: InvitationAddress;
  readonly firstLocale: Locale;
  readonly files: Omit<AppFiles, "pictures">;
  readonly preload: string;
  readonly deepLinks: DeepLinks;
  readonly log: Logger;
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly nowMs: () => number;
  /** Hands the requests of the app's pages to the window's router. */
  readonly hearPages: (moderating: Moderating) => void;
}

const inData = (name: string): string => join(app.getPath("userData"), name);

/** The app as a moderator has it: the chat window of the room that an invitation leads to, and nothing of a studio. */
export const startModerating = async (start: ModeratingStart): Promise<void> => {
  const { log, nowMs, deepLinks } = start;
  const [settings, file, identities, pictures] = await Promise.all([
    openSettings(inData("settings.json"), defaultSettings(start.firstLocale), nowMs),
    openChatFile(inData("chat.json"), nowMs),
    openModeratorIdentities(inData("moderating.json")),
    openPictures(inData("pictures")),
  ]);
  const locale = (): Locale => settings.current().locale;
  const moderating = new Moderating({
    preload: start.preload,
    title: () => (locale() === "zh-CN" ? "主播台" : "Anchor Studio"),
    locale,
    file,
    identities,
    log,
    backOff: start.backOff,
    random: start.random,
  });
  protocol.handle(studioScheme, createAppHandler({ ...start.files, pictures }));
  installPermissions(session.defaultSession, () => Promise.resolve(false));
  start.hearPages(moderating);
  moderating.open(start.invitation);
  process.stdout.write("moderating: open\n");

  const open = (link: string): void => {
    const invitation = findInvitation(link);
    if (invitation) moderating.open(invitation);
    else moderating.focus();
  };
  deepLinks.listen(open);
  app.on("second-instance", (_event, argv) => {
    const link = findDeepLink(argv);
    if (link === undefined) moderating.focus();
    else deepLinks.open(link);
  });
  let ended = false;
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", (event) => {
    if (ended) return;
    event.preventDefault();
    void Promise.all([moderating.close(), file.settle()]).then(() => {
      ended = true;
      app.exit(0);
    });
  });
  process.on("SIGTERM", () => app.quit());
  process.on("SIGINT", () => app.quit());
};
