import "./zod-without-eval.ts";
import { createRoot } from "react-dom/client";
import { createStore } from "zustand/vanilla";
import type { ChatBootstrap, RoomState } from "../preload/contract/ipc.ts";
import type { Locale } from "../preload/contract/settings.ts";
import { listen, request } from "./bridge.ts";
import { askThroughMain } from "./chat/ask-through-main.ts";
import type { Chat } from "./chat/chat-context.ts";
import { createChatSettingsStore } from "./chat/chat-settings-store.ts";
import { ChatApp } from "./chat/ChatApp.tsx";
import { createFeed } from "./chat/feed.ts";
import { followFeed } from "./chat/follow-feed.ts";
import { createMentionSound } from "./chat/mention-sound.ts";
import { createCalmSchedule } from "./chat/schedule-calmly.ts";
import { watchMentions } from "./chat/watch-mentions.ts";
import { createWords } from "./i18n/words.ts";
import { StartFailed } from "./ui/StartFailed.tsx";
import "./ui/tokens.css";

/** Every third frame of a usual display in a storm: nobody reads faster, and the window stays free for its reader. */
const drawnEveryMs = 40;

const open = async (bootstrap: ChatBootstrap): Promise<void> => {
  const locale = createStore<{ readonly locale: Locale }>(() => ({ locale: bootstrap.locale }));
  const room = createStore<RoomState>(() => bootstrap.room);
  const feed = createFeed(createCalmSchedule(drawnEveryMs), () => Date.now());
  const chat: Chat = {
    feed,
    room,
    ask: askThroughMain(request),
    createId: () => crypto.randomUUID(),
  };
  const settings = createChatSettingsStore(bootstrap.chat, (patch) =>
    request("chat.saveSettings", patch),
  );
  const sound = createMentionSound(() => performance.now());
  const stopMentions = watchMentions(
    chat,
    () => Date.now(),
    () => {
      if (settings.state.getState().mentionSound) sound.play();
    },
  );
  window.addEventListener("pagehide", () => {
    stopMentions();
    feed.close();
    void sound.close();
  });
  const following = followFeed({
    feed,
    room,
    getRecent: () => request("feed.getRecent", {}),
    listen,
    onOther: (message) => {
      if (message.type === "locale") locale.setState({ locale: message.locale });
    },
  });
  render(
    <ChatApp
      chat={chat}
      settings={settings}
      locale={locale}
      words={createWords(bootstrap.locale)}
      nonce={nonce}
    />,
  );
  await following.begin();
};

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
const rootElement = document.querySelector("#root");
if (!rootElement) throw new Error("the page has no #root");
const root = createRoot(rootElement);
const render = (content: React.ReactNode): void => root.render(content);

const start = async (): Promise<void> => {
  const bootstrap = await request("chat.getBootstrap", {});
  if (bootstrap.ok) await open(bootstrap.value);
  else render(<StartFailed code={bootstrap.error.code} />);
};

start().catch((error: unknown) => {
  console.error("the chat window could not start", error);
  render(<StartFailed code="request.failed" />);
});
