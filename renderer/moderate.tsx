import "./zod-without-eval.ts";
import { createRoot } from "react-dom/client";
import { createStore } from "zustand/vanilla";
import type { RoomState } from "../preload/contract/ipc.ts";
import type { Locale } from "../preload/contract/settings.ts";
import type { Chat } from "./chat/chat-context.ts";
import { createChatSettingsStore } from "./chat/chat-settings-store.ts";
import { ChatApp } from "./chat/ChatApp.tsx";
import { createFeed } from "./chat/feed.ts";
import { followFeed } from "./chat/follow-feed.ts";
import { createMentionSound } from "./chat/mention-sound.ts";
import { createCalmSchedule } from "./chat/schedule-calmly.ts";
import { watchMentions } from "./chat/watch-mentions.ts";
import { createWords } from "./i18n/words.ts";
import { keepChatSettings, readChatSettings } from "./moderate/kept-chat-settings.ts";
import { ModeratorLink } from "./moderate/moderator-link.ts";
import { reachPage } from "./room-channel/socket-refusal.ts";
import { backoffMs } from "./watch/backoff.ts";
import { keep, readKept } from "./watch/kept.ts";
import { followPageHeight } from "./watch/page-height.ts";
import { randomId } from "./watch/random-id.ts";
import { chooseLocale } from "./watch/words.ts";
import "./ui/tokens.css";
import "./moderate/moderate.css";

/** Every third frame of a usual display in a storm: nobody reads faster, and the window stays free for its reader. */
const drawnEveryMs = 40;

/** One peer a tab, so that a reload takes the place of the page before it. */
const peerId = readKept("tab", "moderatorPeerId") ?? randomId();
keep("tab", "moderatorPeerId", peerId);
const invitation = new URLSearchParams(window.location.hash.slice(1)).get("invite");

const link = new ModeratorLink({
  url: (withInvitation) => {
    const url = new URL("./", window.location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.hash = "";
    url.search = new URLSearchParams({
      roomId: "main",
      as: "moderator",
      peerId,
      ...(withInvitation && invitation !== null && { invite: invitation }),
    }).toString();
    return url.href;
  },
  // Used up: from now on the cookie says who this is.
  onEntered: () => window.history.replaceState(null, "", window.location.pathname),
  reachPage,
  backOffMs: (attempt) => backoffMs(attempt, Math.random()),
});

const start = async (): Promise<void> => {
  const language: Locale = chooseLocale(null, navigator.languages);
  const locale = createStore<{ readonly locale: Locale }>(() => ({ locale: language }));
  const room = createStore<RoomState>(() => ({ status: "connecting", link: null, attempt: 0 }));
  const feed = createFeed(createCalmSchedule(drawnEveryMs), () => Date.now());
  const chat: Chat = { feed, room, ask: link.ask, createId: randomId, inBrowser: true };
  const settings = createChatSettingsStore(readChatSettings(), (patch) =>
    Promise.resolve(keepChatSettings(settings.state.getState(), patch)),
  );
  const sound = createMentionSound(() => performance.now());
  watchMentions(
    chat,
    () => Date.now(),
    () => {
      if (settings.state.getState().mentionSound) sound.play();
    },
  );
  window.addEventListener("online", () => link.hurry());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") link.hurry();
  });
  followPageHeight();
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  const rootElement = document.querySelector("#root");
  if (!rootElement) throw new Error("the page has no #root");
  createRoot(rootElement).render(
    <ChatApp
      chat={chat}
      settings={settings}
      locale={locale}
      words={createWords(language)}
      nonce={nonce}
    />,
  );
  const following = followFeed({
    feed,
    room,
    getRecent: () => link.getRecent(),
    listen: (listener) => link.listen(listener),
    onOther: () => undefined,
  });
  await following.begin();
};

start().catch((error: unknown) => {
  console.error("the page could not start", error);
});
