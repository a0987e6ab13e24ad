import type { ChatMessage } from "../../preload/contract/chat.ts";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import { type Failure, fail, type Result } from "../../preload/contract/result.ts";
import {
  NewConsumer,
  roomNotifications,
  type RoomNotification,
  type RoomNotificationData,
} from "../../preload/contract/room-protocol.ts";
import { type Ask, RoomChannel } from "../room-channel/room-channel.ts";
import { PlaybackReporter } from "./playback-reporter.ts";
import { Receiver } from "./receiver.ts";
import type { WatchEvent } from "./watch-state.ts";

interface Around {
  readonly url: string;
  readonly nowMs: () => number;
  /** Of the picture on this page's screen, see `createScreenBrightness`. */
  readonly brightness: () => number | null;
}

const historyLength = 100;
/** Lines come by the hundred in a second: the page is told this often. */
const flushMs = 100;
const probeMs = 4_000;

const isNotification = (method: string): method is RoomNotification =>
  Object.prototype.hasOwnProperty.call(roomNotifications, method);

/** One stay in the room, from the socket to the picture. Ends once, as a whole. */
export class RoomConnection {
  readonly #around: Around;
  readonly #dispatch: (event: WatchEvent) => void;
  readonly #onEnd: (failure: Failure) => void;
  readonly #channel: RoomChannel;
  /** Settled once media is set up: the room may offer the programme right after `join`. */
  #receiver: Promise<Receiver | null> = Promise.resolve(null);
  readonly #peers = new Map<string, string>();
  #chat: ChatMessage[] = [];
  #records: RecordEvent[] = [];
  #flush: ReturnType<typeof setTimeout> | undefined;
  #reporter: PlaybackReporter | undefined;
  #closed = false;
  #hasOpened = false;

  /** @param onEnd called once, unless `close()` was called before */
  constructor(
    around: Around,
    dispatch: (event: WatchEvent) => void,
    onEnd: (failure: Failure) => void,
  ) {
    this.#around = around;
    this.#dispatch = dispatch;
    this.#onEnd = onEnd;
    this.#channel = new RoomChannel(around.url, {
      onRequest: this.#onRequest,
      onNotification: this.#onNotification,
      onEnd: (failure) => {
        this.#end(failure);
      },
    });
    void this.#enter();
  }

  /** Whether there was ever a socket. */
  get hasOpened(): boolean {
    return this.#hasOpened;
  }

  readonly ask: Ask = (method, data) => this.#channel.ask(method, data);

  probe(): void {
    this.#channel.probe(probeMs);
  }

  async #enter(): Promise<void> {
    const opened = await this.#channel.opened;
    if (!opened.ok) return;
    this.#hasOpened = true;
    this.#receiver = this.#openReceiver();
    const [info, catalogue, wallet, history] = await Promise.all([
      this.ask("getRoomInfo", {}),
      this.ask("getGiftCatalogue", {}),
      this.ask("getWallet", {}),
      this.ask("getChatHistory", { limit: historyLength }),
    ]);
    if (this.#closed) return;
    if (!info.ok || !catalogue.ok || !wallet.ok || !history.ok) {
      console.warn("could not enter", info, catalogue, wallet, history);
      this.#end({ code: "request.failed", detail: "could not enter" });
      return;
    }
    const { self } = info.value;
    this.#dispatch({
      type: "entered",
      info: info.value,
      gifts: catalogue.value.gifts,
      coins: wallet.value.coins,
      history: history.value.messages,
      nowMs: this.#around.nowMs(),
    });
    const receiver = await this.#receiver;
    if (this.#isClosed()) return;
    const joined = await this.ask("join", {
      displayName: self.nickname,
      device: { name: "watch", flag: "browser" },
      ...(receiver === null ? {} : { rtpCapabilities: { ...receiver.rtpCapabilities } }),
    });
    if (this.#isClosed()) return;
    if (!joined.ok) {
      console.warn("could not join", joined);
      this.#end({ code: "request.failed", detail: "could not join" });
      return;
    }
    for (const peer of joined.value.peers) this.#peers.set(peer.id, peer.displayName);
    this.#nameAnchor();
    if (receiver === null) return;
    this.#reporter = new PlaybackReporter({
      ask: this.ask,
      stats: () => receiver.stats(),
      brightness: this.#around.brightness,
    });
  }

  /** Null where this browser cannot play the room's media; chat and gifts still work then. */
  async #openReceiver(): Promise<Receiver | null> {
    const opened = await Receiver.open(this.ask, {
      onStream: (stream) => {
        this.#dispatch({ type: "streamChanged", stream });
      },
      onEnded: () => {
        this.#dispatch({ type: "streamEnded" });
      },
      onPath: (broken) => {
        this.#dispatch({ type: "pathChanged", broken });
      },
      onLost: () => {
        this.#end({ code: "media.transport_unknown", detail: "the media's path is dead" });
      },
    });
    if (opened.ok) {
      if (this.#closed) opened.value.close();
      return opened.value;
    }
    if (opened.error.code === "media.parameters_invalid")
      this.#dispatch({ type: "mediaUnsupported" });
    else this.#end(opened.error);
    return null;
  }

  readonly #onRequest = async (method: string, data: unknown): Promise<Result<unknown>> => {
    if (method !== "newConsumer") return fail("request.unknown");
    const offer = NewConsumer.safeParse(data);
    if (!offer.success) return fail("request.invalid");
    const receiver = await this.#receiver;
    return receiver === null ? fail("media.parameters_invalid") : receiver.consume(offer.data);
  };

  readonly #onNotification = (method: string, data: unknown): void => {
    if (!isNotification(method)) return;
    const parsed = roomNotifications[method].safeParse(data);
    if (!parsed.success) {
      console.warn(method, parsed.error.message);
      return;
    }
    void this.#handlers[method]?.(parsed.data as never);
  };

  readonly #handlers: {
    readonly [N in RoomNotification]?: (data: RoomNotificationData<N>) => void | Promise<void>;
  } = {
    newPeer: ({ id, displayName }) => {
      this.#peers.set(id, displayName);
      this.#nameAnchor();
    },
    peerClosed: ({ peerId }) => {
      this.#peers.delete(peerId);
      this.#nameAnchor();
    },
    peerDisplayNameChanged: ({ peerId, displayName }) => {
      if (!this.#peers.has(peerId)) return;
      this.#peers.set(peerId, displayName);
      this.#nameAnchor();
    },
    consumerClosed: async ({ consumerId }) => (await this.#receiver)?.closeConsumer(consumerId),
    consumerPaused: async ({ consumerId }) =>
      (await this.#receiver)?.setConsumerPaused(consumerId, true),
    consumerResumed: async ({ consumerId }) =>
      (await this.#receiver)?.setConsumerPaused(consumerId, false),
    consumerRefused: ({ kind }) => {
      if (kind === "video") this.#dispatch({ type: "mediaUnsupported" });
    },
    record: ({ events }) => {
      this.#records.push(...events);
      this.#flushSoon();
    },
    chat: ({ messages }) => {
      this.#chat.push(...messages);
      this.#flushSoon();
    },
    chatSkipped: ({ count, toSeq }) => {
      this.#dispatch({ type: "chatSkipped", count, toSeq, nowMs: this.#around.nowMs() });
    },
    messagesDeleted: ({ messageIds }) => {
      // What was said before is on its way to the page.
      this.#flushNow();
      this.#dispatch({ type: "messagesDeleted", messageIds });
    },
    messagesRestored: ({ messages }) => {
      this.#dispatch({ type: "messagesRestored", messages });
    },
    rulesChanged: ({ rules }) => {
      this.#dispatch({ type: "rulesChanged", rules });
    },
    pinnedChanged: ({ pinned }) => {
      this.#dispatch({ type: "pinnedChanged", pinned });
    },
    standingChanged: ({ standing }) => {
      this.#dispatch({ type: "standingChanged", standing, nowMs: this.#around.nowMs() });
    },
    roleChanged: ({ role }) => {
      this.#dispatch({ type: "roleChanged", role });
    },
    banned: ({ reason }) => {
      this.#dispatch({ type: "banned", reason });
    },
    programmeChanged: ({ programme }) => {
      this.#dispatch({ type: "programmeChanged", programme, nowMs: this.#around.nowMs() });
    },
    heldDecided: ({ messageId, text, allowed, reason }) => {
      this.#dispatch(
        allowed
          ? { type: "heldAllowed", messageId }
          : { type: "messageDenied", denied: { messageId, text, reason } },
      );
    },
    walletChanged: ({ coins }) => {
      this.#dispatch({ type: "walletChanged", coins });
    },
    audienceChanged: ({ viewers }) => {
      this.#dispatch({ type: "audienceChanged", viewers });
    },
  };

  /** The anchor keeps the name while away. */
  #nameAnchor(): void {
    const [name] = this.#peers.values();
    if (name !== undefined && name !== "") this.#dispatch({ type: "anchorNamed", name });
  }

  #flushSoon(): void {
    this.#flush ??= setTimeout(() => this.#flushNow(), flushMs);
  }

  #flushNow(): void {
    clearTimeout(this.#flush);
    this.#flush = undefined;
    const messages = this.#chat;
    const events = this.#records;
    this.#chat = [];
    this.#records = [];
    if (messages.length > 0) this.#dispatch({ type: "chatCame", messages });
    if (events.length > 0)
      this.#dispatch({ type: "recordsCame", events, nowMs: this.#around.nowMs() });
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  #end(failure: Failure): void {
    if (this.#closed) return;
    this.close();
    this.#onEnd(failure);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reporter?.close();
    clearTimeout(this.#flush);
    this.#channel.close();
    void this.#receiver.then((receiver) => receiver?.close());
  }
}
