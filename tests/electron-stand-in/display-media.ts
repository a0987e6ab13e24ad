import { setTimeout as delay } from "node:timers/promises";
import type { Streams } from "electron";
import { screenName } from "./chromium-arguments.ts";
import { screenId, windowIdOf } from "./desktop-capturer.ts";
import { notInTheStandIn, onlyListed } from "./guard.ts";
import { isOwnWindow, listWindows, type NamedWindow } from "./native-window.ts";
import type { Frame } from "./page-socket.ts";
import { allowed } from "./permissions.ts";
import { socketHost } from "./scheme-server.ts";
import { decisions } from "./session.ts";
import { onPageFrame, type WebContents } from "./web-contents.ts";
import type { WebFrameMain } from "./web-frame-main.ts";
import { openDisplay } from "./x11.ts";

/** Chromium's picker answers at once, or stays open for ever. */
const longestMs = 10_000;
const barAppearsWithinMs = 2000;
const titleProperties = ["_NET_WM_NAME", "WM_NAME"];

interface Refusal {
  name: string;
  message: string;
}

const denied: Refusal = { name: "NotAllowedError", message: "Permission denied" };
const gone: Refusal = { name: "NotReadableError", message: "Could not start video source" };

/** One choice at a time: Chromium chooses by title, and there can be only one of that title. */
let last: Promise<unknown> = Promise.resolve();
const settled = new Map<string, () => void>();
const settledKey = (contents: WebContents, id: string): string => `${contents.id} ${id}`;

/** Chromium shows a bar, "… is sharing your screen", in a window of its own, which Electron does not: it is hidden as it appears. */
async function hideSharingBar(): Promise<void> {
  const display = await openDisplay();
  const deadline = Date.now() + barAppearsWithinMs;
  const isBar = ({ xid, title }: NamedWindow): boolean =>
    !isOwnWindow(xid) && title.includes(socketHost());
  for (let bars: NamedWindow[] = []; bars.length === 0 && Date.now() < deadline; await delay(20)) {
    bars = (await listWindows()).filter(isBar);
    for (const { xid } of bars) display.unmap(xid);
  }
}

async function start(
  contents: WebContents,
  id: string,
  surface: "monitor" | "window",
): Promise<boolean> {
  const done = new Promise<boolean>((resolve) =>
    settled.set(settledKey(contents, id), () => resolve(true)),
  );
  await contents.giveGesture();
  contents.transmit({ k: "startDisplayMedia", id, v: surface });
  const inTime = await Promise.race([done, delay(longestMs, false)]);
  settled.delete(settledKey(contents, id));
  hideSharingBar().catch((error: unknown) => console.error(error));
  return inTime;
}

/** Chromium is told to choose what is called "Entire screen": for a moment the window is called so. */
async function startWindow(contents: WebContents, id: string, xid: number): Promise<boolean> {
  const display = await openDisplay();
  const titles = await Promise.all(titleProperties.map((name) => display.property(xid, name)));
  for (const name of titleProperties) display.setText(xid, name, screenName);
  await display.sync();
  try {
    return await start(contents, id, "window");
  } finally {
    for (const [index, name] of titleProperties.entries()) {
      const now = await display.property(xid, name);
      // Where the window has named itself anew in the meantime, that name is right.
      if (now?.toString() === screenName)
        display.setText(xid, name, titles[index]?.toString() ?? "");
    }
  }
}

async function serve(
  contents: WebContents,
  id: string,
  streams: Streams | null,
): Promise<Refusal | null> {
  const video = streams && onlyListed("Streams", streams).video;
  if (!video) return denied;
  if (!("id" in video)) throw notInTheStandIn("capture of a frame");
  if (video.id === screenId) return (await start(contents, id, "monitor")) ? null : gone;
  const found = (await listWindows()).find(({ xid }) => windowIdOf(xid) === video.id);
  return found && (await startWindow(contents, id, found.xid)) ? null : gone;
}

async function answer(
  contents: WebContents,
  frame: Frame,
  senderFrame: WebFrameMain,
): Promise<void> {
  const { id = "" } = frame;
  const refuse = (refusal: Refusal): void =>
    contents.transmit({ k: "refuseDisplayMedia", id, v: refusal });
  const handler = decisions.displayMedia;
  // https://www.electronjs.org/docs/latest/api/session#sessetdisplaymediarequesthandlerhandler-opts
  if (!handler) return refuse({ name: "NotSupportedError", message: "Not supported" });
  const securityOrigin = `${senderFrame.origin}/`;
  if (!(await allowed(contents, "display-capture", securityOrigin))) return refuse(denied);
  const asked = frame.v as {
    videoRequested: boolean;
    audioRequested: boolean;
    userGesture: boolean;
  };
  const streams = await new Promise<Streams | null>((resolve) => {
    handler(
      { ...asked, frame: senderFrame, securityOrigin } as unknown as Parameters<typeof handler>[0],
      resolve,
    );
  });
  const before = last;
  const served = before.then(() => serve(contents, id, streams));
  last = served.catch(() => undefined);
  const refusal = await served;
  if (refusal) refuse(refusal);
}

onPageFrame("display-media", (contents, frame, senderFrame) => {
  answer(contents, frame, senderFrame).catch((error: unknown) => {
    console.error(error);
    contents.transmit({ k: "refuseDisplayMedia", id: frame.id ?? "", v: denied });
  });
});

onPageFrame("display-media-settled", (contents, frame) =>
  settled.get(settledKey(contents, frame.id ?? ""))?.(),
);
