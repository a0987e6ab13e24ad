import type { i18n } from "i18next";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Locale } from "../../preload/contract/settings.ts";
import type { Words } from "../i18n/words.ts";
import { UiRoot } from "../ui/UiRoot.tsx";
import { type Chat, ChatProvider } from "./chat-context.ts";
import type { ChatSettingsStore } from "./chat-settings-store.ts";
import { ChatWindow } from "./ChatWindow.tsx";

interface Props {
  readonly chat: Chat;
  readonly settings: ChatSettingsStore;
  readonly locale: StoreApi<{ readonly locale: Locale }>;
  readonly words: i18n;
  readonly nonce: string;
}

const title = (t: Words): string => t("chat.windowTitle");

export const ChatApp = ({ chat, settings, locale, words, nonce }: Props) => (
  <UiRoot
    words={words}
    wanted={useStore(locale, (state) => state.locale)}
    title={title}
    nonce={nonce}
  >
    <ChatProvider value={chat}>
      <ChatWindow settings={settings} />
    </ChatProvider>
  </UiRoot>
);
