import "./zod-without-eval.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { reachPage } from "./room-channel/socket-refusal.ts";
import { keep, readKept } from "./watch/kept.ts";
import { followPageHeight } from "./watch/page-height.ts";
import { randomId } from "./watch/random-id.ts";
import "./watch/theme.css";
import { WatchPage } from "./watch/WatchPage.tsx";
import { WatchSession } from "./watch/watch-session.ts";

/** One peer a tab, so that a reload takes the place of the page before it. */
const peerId = readKept("tab", "peerId") ?? randomId();
keep("tab", "peerId", peerId);

const url = new URL("./", window.location.href);
url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
url.hash = "";
url.search = new URLSearchParams({ roomId: "main", peerId }).toString();

const session = new WatchSession({
  url: url.href,
  reachPage,
  createId: randomId,
  random: Math.random,
  nowMs: Date.now,
});

window.addEventListener("online", () => {
  session.hurry();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") session.hurry();
});
followPageHeight();

const root = document.getElementById("root");
if (root === null) throw new Error("no #root");
createRoot(root).render(
  <StrictMode>
    <WatchPage session={session} />
  </StrictMode>,
);
