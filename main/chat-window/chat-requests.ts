import type { ChatBootstrap } from "../../preload/contract/ipc.ts";
import { succeed } from "../../preload/contract/result.ts";
import type { RequestHandlers } from "../ipc/router.ts";
import type { ChatFileStore } from "./chat-file.ts";
import type { ChatWindow } from "./chat-window.ts";

export const chatRequests = (
  window: Pick<ChatWindow, "open" | "setOnTop">,
  file: ChatFileStore,
  getBootstrap: () => Omit<ChatBootstrap, "chat">,
) =>
  ({
    "chat.openWindow": () => {
      window.open();
      return Promise.resolve(succeed({}));
    },
    "chat.getBootstrap": () => Promise.resolve(succeed({ ...getBootstrap(), chat: file.settings })),
    "chat.saveSettings": async (patch) => {
      const saved = await file.saveSettings(patch);
      if (saved.ok) window.setOnTop(saved.value.onTop);
      return saved;
    },
  }) satisfies Partial<RequestHandlers>;
