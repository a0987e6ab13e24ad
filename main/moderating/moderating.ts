import type { WebContents } from "electron";
import type { Logger } from "pino";
import type { Locale } from "../../preload/contract/settings.ts";
import { type Result, succeed } from "../../preload/contract/result.ts";
import type { ChatFileStore } from "../chat-window/chat-file.ts";
import { chatRequests } from "../chat-window/chat-requests.ts";
import { ChatWindow } from "../chat-window/chat-window.ts";
import { createRouter, type RequestHandlers, type RequestSender } from "../ipc/router.ts";
import type { BackOff } from "../room/back-off.ts";
import { moderationRequests } from "../room/moderation-requests.ts";
import { isStudioPage } from "../studio-origin.ts";
import type { InvitationAddress } from "./invitation-link.ts";
import { ModeratedRoom } from "./moderated-room.ts";
import type { ModeratorIdentities } from "./moderator-identity.ts";

export interface ModeratingPorts {
  readonly preload: string;
  readonly title: () => string;
  readonly locale: () => Locale;
  readonly file: ChatFileStore;
  readonly identities: ModeratorIdentities;
  readonly log: Logger;
  readonly backOff: BackOff;
  readonly random: () => number;
}

interface Session {
  readonly room: ModeratedRoom;
  readonly window: ChatWindow;
  readonly route: (
    sender: RequestSender,
    name: unknown,
    input: unknown,
  ) => Promise<Result<unknown>>;
}

/** The chat window of a room that we moderate by an invitation. There is none, or one. */
export class Moderating {
  readonly #ports: ModeratingPorts;
  #session: Session | null = null;

  constructor(ports: ModeratingPorts) {
    this.#ports = ports;
  }

  /** Its way into main; null for other windows. */
  routeOf(contents: WebContents): Session["route"] | null {
    return this.#session && this.#session.window.contents === contents ? this.#session.route : null;
  }

  /** Takes the place of a room that was open. */
  open(address: InvitationAddress): void {
    const before = this.#session;
    const { file, identities, log, backOff, random, locale } = this.#ports;
    const window = new ChatWindow({ ...this.#ports, onClosed: () => void room.close() });
    const room: ModeratedRoom = new ModeratedRoom({
      address,
      identities,
      log,
      backOff,
      random,
      push: (message) => window.tell(message),
    });
    const unasked: Partial<RequestHandlers> = {
      ...chatRequests(window, file, () => ({ locale: locale(), room: room.state })),
      ...moderationRequests(room),
      "room.sendChat": (input) => room.ask("sendChat", input),
      "feed.getRecent": () => Promise.resolve(succeed(room.getRecent())),
    };
    const route = createRouter(
      // What a chat window may not ask never gets here.
      unasked as RequestHandlers,
      isStudioPage,
      log,
    );
    this.#session = { room, window, route };
    window.open();
    before?.window.close();
  }

  focus(): void {
    this.#session?.window.open();
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    session?.window.close();
    await session?.room.close();
  }
}
