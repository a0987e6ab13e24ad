import { useStore } from "zustand";
import { useChat } from "./chat-context.ts";

/** Whether the room can be asked for something now. */
export const useConnected = (): boolean =>
  useStore(useChat().room, ({ status }) => status === "connected");
