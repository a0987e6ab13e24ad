import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  type BrowserWindow,
  type WebContents,
  Menu,
  app,
  desktopCapturer,
  ipcMain,
  powerSaveBlocker,
  protocol,
  session,
  systemPreferences,
  utilityProcess,
} from "electron";
import { deepLinkScheme } from "../preload/contract/deep-link.ts";
import {
  type Bootstrap,
  type PushMessage,
  type WindowKind,
  ipcChannels,
} from "../preload/contract/ipc.ts";
import { fail, succeed } from "../preload/contract/result.ts";
import type { Locale } from "../preload/contract/settings.ts";
import { EpochMs } from "../preload/contract/time.ts";
import { createAppHandler } from "./app-protocol.ts";
import { captureRequests } from "./capture/capture-requests.ts";
import { DisplayMediaGrants } from "./capture/display-media.ts";
import { KeepAwake } from "./capture/keep-awake.ts";
import type { GetDesktopSources } from "./capture/sources.ts";
import { endOnBugs } from "./crash.ts";
import { DeepLinks, findDeepLink } from "./deep-links.ts";
import { openChatFile } from "./chat-window/chat-file.ts";
import { chatRequests } from "./chat-window/chat-requests.ts";
import { ChatWindow } from "./chat-window/chat-window.ts";
import { createElectronUpdater } from "./electron-updater.ts";
import { Push } from "./ipc/push.ts";
import { createRouter } from "./ipc/router.ts";
import { Ledger } from "./ledger/ledger.ts";
import { openLog, usualLogSize } from "./log.ts";
import { packagedWorkerPath } from "./packaged-worker.ts";
import { type SystemKind, installPermissions } from "./permissions.ts";
import { findInvitation, parseInvitationLink } from "./moderating/invitation-link.ts";
import { Moderating } from "./moderating/moderating.ts";
import { openModeratorIdentities } from "./moderating/moderator-identity.ts";
import { startModerating } from "./moderating/start-moderating.ts";
import { type BackOff, waitMs } from "./room/back-off.ts";
import { readGpuHardware } from "./painter/gpu-hardware.ts";
import { PainterChooser } from "./painter/painter-chooser.ts";
import { painterRequests } from "./painter/painter-requests.ts";
import { Rehearsal, type RoomProcess, failureOf } from "./room/rehearsal.ts";
import { RoomOffers } from "./room/room-offers.ts";
import { Room } from "./room/room.ts";
import { moderationRequests } from "./room/moderation-requests.ts";
import { roomRequests } from "./room/room-requests.ts";
import { openSessionLog, sessionLogRequests } from "./session/session-log.ts";
import { sessionRequests } from "./session/session-requests.ts";
import { openShowFacts } from "./session/show-facts.ts";
import { Show } from "./session/show.ts";
import { openCollections } from "./storage/collections.ts";
import { PainterVerdictFile } from "./storage/painter-verdict.ts";
import { openFilterPresets } from "./storage/filter-presets.ts";
import { openPictures } from "./storage/pictures.ts";
import { removeUnusedPictures } from "./storage/unused-pictures.ts";
import { openAlertTemplates } from "./storage/alert-templates.ts";
import { defaultSettings, openSettings } from "./storage/settings.ts";
import { storageRequests } from "./storage/storage-requests.ts";
import { isStudioPage, studioScheme } from "./studio-origin.ts";
import { type Switches, readSwitches } from "./switches.ts";
import { Updates } from "./updates.ts";
import { openWindow } from "./windows.ts";

/** As start.mjs and users see it. */
const exitCodes = { cannotStart: 1, wrongSwitch: 2, portTaken: 3 } as const;
const backOff: BackOff = { firstMs: 500, longestMs: 10_000 };
const usualPorts = { port: 4443, mediaPort: 4444 } as const;
const built = (path: string): string => join(import.meta.dirname, "..", path);
const resourcesDir = join(import.meta.dirname, "../../resources");

/** Where a packaged app has what is not in its archive. */
const besideApp = (): string => dirname(app.getAppPath());

const forkRoom = (): RoomProcess => {
  const room = utilityProcess.fork(built("main/room-server.js"), [], {
    serviceName: "Anchor Studio room",
    stdio: "inherit",
    ...(app.isPackaged && {
      env: {
        ...process.env,
        MEDIASOUP_WORKER_BIN: packagedWorkerPath(besideApp(), process.platform),
      },
    }),
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
    send: (message) => room.postMessage(message),
    onMessage: (listener) => room.on("message", listener),
    onExit: (listener) => room.once("exit", listener),
    kill: () => room.kill(),
  };
};

/** Other systems than macOS have no such question. */
const askSystem = (kind: SystemKind): Promise<boolean> =>
  process.platform === "darwin" ? systemPreferences.askForMediaAccess(kind) : Promise.resolve(true);

/** Whether this build can be updated: packaging leaves the file only where it was told of a feed. */
const hasUpdates = (): boolean =>
  app.isPackaged &&
  process.versions["electron"] !== undefined &&
  existsSync(join(besideApp(), "app-update.yml"));

const getSources: GetDesktopSources = (options) => desktopCapturer.getSources(options);

const complain = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};

/** For pages that no window of ours shows. */
const forbid = () => Promise.resolve(fail("request.forbidden"));

/** The one way from pages into main. */
const hearPages = (
  routeOf: (sender: WebContents) => {
    readonly route: ReturnType<typeof createRouter>;
    readonly window: WindowKind | null;
  },
): void =>
  ipcMain.handle(ipcChannels.request, ({ sender, senderFrame }, name: unknown, input: unknown) => {
    const { route, window } = routeOf(sender);
    const isMainFrame = senderFrame !== null && senderFrame === sender.mainFrame;
    return route({ isMainFrame, window, url: senderFrame?.url ?? "" }, name, input);
  });

const firstLocaleOf = (switches: Switches): Locale =>
  switches.lang ?? (app.getLocale().startsWith("zh") ? "zh-CN" : "en");

const startStudio = async (
  switches: Switches,
  deepLinks: DeepLinks,
  verdicts: PainterVerdictFile,
): Promise<void> => {
  const nowMs = Date.now;
  const random = Math.random;
  const dataDir = app.getPath("userData");
  const inData = (name: string): string => join(dataDir, name);
  const log = openLog({ directory: app.getPath("logs"), ...usualLogSize });
  endOnBugs(log.logger, complain, (code) => app.exit(code));
  app.on("child-process-gone", (_event, details) =>
    log.logger.warn({ details }, "a process ended"),
  );

  const painter = new PainterChooser({
    asked: switches.painter,
    verdicts,
    readHardware: () => readGpuHardware(() => app.getGPUInfo("basic")),
    nowMs,
    log: log.logger,
  });

  const firstLocale = firstLocaleOf(switches);
  const [settings, collections, pictures, filterPresets, templates, sessionLog, chatFile] =
    await Promise.all([
      openSettings(inData("settings.json"), defaultSettings(firstLocale), nowMs),
      openCollections(dataDir, nowMs),
      openPictures(inData("pictures")),
      openFilterPresets(inData("filter-presets.json"), nowMs),
      openAlertTemplates(inData("alert-templates.json"), nowMs),
      openSessionLog(inData("shows"), log.logger),
      openChatFile(inData("chat.json"), nowMs),
    ]);
  try {
    const removed = await removeUnusedPictures(dataDir, inData("pictures"));
    if (removed > 0) log.logger.info({ removed }, "pictures that nothing shows are removed");
  } catch (error) {
    log.logger.warn({ err: error }, "unused pictures could not be removed");
  }
  const epochMs = () => EpochMs.parse(nowMs());
  const facts = await openShowFacts({
    path: inData("show.json"),
    roomLink: () => settings.current().roomLink,
    nowMs: epochMs,
    log: log.logger,
  });
  const push = new Push();
  const appName = (): string =>
    settings.current().locale === "zh-CN" ? "主播台" : "Anchor Studio";
  const chatWindow = new ChatWindow({
    preload: built("preload/chat.cjs"),
    title: appName,
    file: chatFile,
    log: log.logger,
    backOff,
    random,
  });
  const moderating = new Moderating({
    preload: built("preload/chat.cjs"),
    title: appName,
    locale: () => settings.current().locale,
    file: chatFile,
    identities: await openModeratorIdentities(inData("moderating.json")),
    log: log.logger,
    backOff,
    random,
  });
  const tellWindows = (message: PushMessage): void => {
    push.push(message);
    chatWindow.tell(message);
  };
  const ledger = new Ledger(inData("ledger.sqlite"));
  const room = new Room({
    ledger,
    log: log.logger,
    backOff,
    random,
    displayName: () => (settings.current().locale === "zh-CN" ? "主播" : "Anchor"),
    push: tellWindows,
  });
  const { roomLink } = settings.current();
  const chosen = room.choose(roomLink);
  if (!chosen.ok && roomLink !== null) room.showInvalid(roomLink, chosen.error);

  const config = {
    kind: "rehearsal" as const,
    dataDir: inData("room"),
    port: switches["room-port"] ?? usualPorts.port,
    mediaPort: switches["room-media-port"] ?? usualPorts.mediaPort,
    publicHost: switches["room-public"] ?? null,
    tls: switches.roomTls,
    watchDir: built("watch"),
    moderateDir: built("moderate"),
    resourcesDir,
    rehearsalAudience: settings.current().rehearsalAudience,
  };
  let greeted = false;
  const rehearsal = new Rehearsal({
    fork: forkRoom,
    config,
    otherPorts: {
      port: switches["room-port"] ?? 0,
      mediaPort: switches["room-media-port"] ?? 0,
    },
    log: log.logger,
    backOff,
    random,
    onReady: ({ viewerUrl, anchorUrl }) => {
      if (!greeted) process.stdout.write(`viewers: ${viewerUrl}\n`);
      greeted = true;
      room.setRehearsal({ anchorUrl });
    },
    onFailed: (code, message) => {
      complain(`The rehearsal room cannot be opened: ${message}`);
      if (code === "port_taken") void end(exitCodes.portTaken);
      else room.setRehearsal({ error: failureOf(code, message) });
    },
  });

  const updates = new Updates({
    updater: hasUpdates() ? createElectronUpdater(log.logger) : null,
    log: log.logger,
    push: (message) => push.push(message),
    wait: waitMs,
    shutDown: () => shutDown(),
  });
  const keepAwake = new KeepAwake(powerSaveBlocker);
  const followLive = {
    set: (live: boolean) => {
      keepAwake.set(live);
      updates.setLive(live);
    },
  };
  const show = new Show({ keepAwake: followLive, room, facts, nowMs: epochMs }, facts.before);
  const offers = new RoomOffers(
    (message) => push.push(message),
    () => settings.current().roomLink,
  );
  const grants = new DisplayMediaGrants(getSources, nowMs);

  protocol.handle(
    studioScheme,
    createAppHandler({
      rendererDir: built("renderer"),
      giftsDir: join(resourcesDir, "gifts"),
      pictures,
    }),
  );
  installPermissions(session.defaultSession, askSystem);
  session.defaultSession.setDisplayMediaRequestHandler((request, callback) => {
    const fromOurPage =
      request.frame !== null &&
      request.frame === window.webContents.mainFrame &&
      isStudioPage(request.frame.url);
    const video = grants.take({ fromOurPage, videoRequested: request.videoRequested });
    callback(video && { video });
  });

  let mayQuit = false;
  const quit = (): void => {
    mayQuit = true;
    app.quit();
  };
  const restart = (): void => {
    app.relaunch();
    quit();
  };
  const asksFirst = (): boolean => {
    if (mayQuit || !show.live) return false;
    push.push({ type: "quitRequested" });
    return true;
  };
  /** Ends all that runs. Later calls wait for the first. */
  let ending: Promise<void> | undefined;
  let ended = false;
  const shutDown = (): Promise<void> => {
    mayQuit = true;
    ending ??= (async () => {
      updates.close();
      await Promise.all([room.close(), show.close(), moderating.close()]);
      await Promise.all([
        rehearsal.close(),
        settings.settle(),
        collections.settle(),
        filterPresets.settle(),
        templates.settle(),
        chatFile.settle(),
        verdicts.settle(),
      ]);
      keepAwake.close();
      push.close();
      ledger.close();
      log.close();
      ended = true;
    })();
    return ending;
  };
  const end = async (exitCode: number): Promise<void> => {
    await shutDown();
    app.exit(exitCode);
  };

  const getBootstrap = async (): Promise<Bootstrap> => ({
    version: app.getVersion(),
    runtime: process.versions["electron"] === undefined ? "development" : "electron",
    platform: process.platform,
    settings: settings.current(),
    alertTemplates: templates.current(),
    document: collections.document(),
    collections: collections.list(),
    filterPresets: filterPresets.current(),
    notices: [
      ...settings.notices,
      ...collections.notices,
      ...filterPresets.notices,
      ...templates.notices,
    ],
    room: room.state,
    cutOffShow: show.cutOff,
    roomOffer: offers.current,
    update: updates.state,
    painter: await painter.choose(),
  });
  const route = createRouter(
    {
      ...sessionRequests(show, getBootstrap, quit, restart),
      ...painterRequests(painter),
      ...storageRequests(settings, collections, pictures, filterPresets, templates, (locale) =>
        chatWindow.tell({ type: "locale", locale }),
      ),
      ...captureRequests(getSources, grants),
      ...sessionLogRequests(sessionLog),
      ...roomRequests(room, offers, show, settings),
      ...moderationRequests(room),
      "moderating.open": ({ link }) => {
        const invitation = parseInvitationLink(link);
        if (invitation.ok) moderating.open(invitation.value);
        return Promise.resolve(invitation.ok ? succeed({}) : invitation);
      },
      ...chatRequests(chatWindow, chatFile, () => ({
        locale: settings.current().locale,
        room: room.state,
      })),
      "update.install": () =>
        show.cutOff ? Promise.resolve(fail("uplink.already_live")) : updates.install(),
    },
    isStudioPage,
    log.logger,
  );
  hearPages((sender) => {
    const ofModerating = moderating.routeOf(sender);
    if (ofModerating) return { route: ofModerating, window: "chat" };
    const isChat = sender === chatWindow.contents;
    return { route, window: sender === window.webContents ? "studio" : isChat ? "chat" : null };
  });

  const window: BrowserWindow = openWindow({
    page: "studio.html",
    preload: built("preload/studio.cjs"),
    title: appName(),
    size: { width: 1440, height: 900 },
    minSize: { width: 1100, height: 640 },
    push,
    log: log.logger,
    backOff,
    random,
    mayClose: () => !asksFirst(),
    onPageLost: () => show.loseWindow(),
    onShown: () => process.stdout.write("studio: open\n"),
  });

  // Without the studio there is nothing to chat about.
  window.on("closed", () => {
    chatWindow.close();
    void moderating.close();
  });

  app.on("second-instance", (_event, argv) => {
    const opened = findDeepLink(argv);
    deepLinks.open(opened);
    if (opened !== undefined && findInvitation(opened)) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  deepLinks.listen((link) => {
    const invitation = findInvitation(link);
    if (invitation) return moderating.open(invitation);
    offers.open(link);
    if (window.isMinimized()) window.restore();
  });
  if (app.isPackaged && !app.setAsDefaultProtocolClient(deepLinkScheme))
    log.logger.info("links of the studio are not registered with the system");
  app.on("window-all-closed", () => app.quit());
  app.on("before-quit", (event) => {
    if (asksFirst()) event.preventDefault();
  });
  app.on("will-quit", (event) => {
    if (ended) return;
    event.preventDefault();
    void end(0);
  });
  process.on("SIGTERM", quit);
  process.on("SIGINT", quit);
};

const main = async (): Promise<void> => {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: studioScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
  Menu.setApplicationMenu(null);
  const deepLinks = new DeepLinks();
  deepLinks.open(findDeepLink(process.argv));
  // macOS gives links as events, the first one before `ready`.
  app.on("open-url", (event, link) => {
    event.preventDefault();
    deepLinks.open(link);
  });
  // Beeps and alerts sound without a click, and the programme goes on behind other windows.
  app.commandLine.appendSwitch("autoplay-policy", "no-user-gesture-required");
  app.commandLine.appendSwitch("disable-background-timer-throttling");
  app.commandLine.appendSwitch("disable-backgrounding-occluded-windows");
  app.commandLine.appendSwitch("disable-renderer-backgrounding");
  // A saved scene's screens come back at the start, before any click; each capture is still granted by main alone.
  app.commandLine.appendSwitch("disable-blink-features", "GetDisplayMediaRequiresUserActivation");
  if (app.commandLine.hasSwitch("user-data-dir"))
    app.setPath("userData", resolve(app.commandLine.getSwitchValue("user-data-dir")));
  mkdirSync(app.getPath("userData"), { recursive: true });

  const switches = readSwitches(app.commandLine);
  if (typeof switches === "string") {
    complain(switches);
    app.exit(exitCodes.wrongSwitch);
    return;
  }
  if (!app.requestSingleInstanceLock()) {
    complain(
      "Anchor Studio is already open with this profile; its window was brought to the front.",
    );
    app.exit(0);
    return;
  }
  const verdicts = new PainterVerdictFile(join(app.getPath("userData"), "painter.json"));
  // Showing the window itself costs five times more by software GL than without acceleration.
  if ((switches.painter ?? verdicts.current?.painter) === "cpu") app.disableHardwareAcceleration();
  // A GPU that was lost may be tried again at once; how often is for the compositor to say.
  else app.disableDomainBlockingFor3DAPIs();
  await app.whenReady();
  const invitation = deepLinks.take(findInvitation);
  if (!invitation) return startStudio(switches, deepLinks, verdicts);
  const log = openLog({ directory: app.getPath("logs"), ...usualLogSize });
  endOnBugs(log.logger, complain, (code) => app.exit(code));
  await startModerating({
    invitation,
    firstLocale: firstLocaleOf(switches),
    files: { rendererDir: built("renderer"), giftsDir: join(resourcesDir, "gifts") },
    preload: built("preload/chat.cjs"),
    deepLinks,
    log: log.logger,
    backOff,
    random: Math.random,
    nowMs: Date.now,
    hearPages: (moderating) =>
      hearPages((sender) => {
        const route = moderating.routeOf(sender);
        return { route: route ?? forbid, window: route && "chat" };
      }),
  });
};

main().catch((error: unknown) => {
  complain(`Anchor Studio cannot start: ${error instanceof Error ? error.message : String(error)}`);
  app.exit(exitCodes.cannotStart);
});
