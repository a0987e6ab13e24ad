import { createStore, type StoreApi } from "zustand/vanilla";
import { type EventId, type GiftId, RequestId } from "../../preload/contract/ids.ts";
import { type Failure, fail, type Result, succeed } from "../../preload/contract/result.ts";
import type { RoomAnswer } from "../../preload/contract/room-protocol.ts";
import { isSocketRefused } from "../room-channel/socket-refusal.ts";
import { backoffMs } from "./backoff.ts";
import { RoomConnection } from "./room-connection.ts";
import { initialState, reduce, type WatchEvent, type WatchState } from "./watch-state.ts";

/** A connection that held for this long was a good one: the next break is the first again. */
const heldMs = 5_000;
const tickMs = 500;

/** What the session needs of the world around the page. */
interface WatchSurroundings {
  /** WebSocket URL of the room for this tab. */
  readonly url: string;
  /** Also gets the page's identity anew, after the room refused it. */
  readonly reachPage: () => Promise<boolean>;
  readonly createId: () => string;
  readonly random: () => number;
  readonly nowMs: () => number;
}

/** The page's life with its room: enters, comes back by itself, and asks on the viewer's behalf. */
export class WatchSession {
  readonly store: StoreApi<WatchState> = createStore<WatchState>(() => initialState);
  readonly #around: WatchSurroundings;
  #connection: RoomConnection | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #screen: (() => number | null) | null = null;
  #attempt = 0;
  #everOpened = false;
  readonly #tick: ReturnType<typeof setInterval>;
  #closed = false;

  constructor(around: WatchSurroundings) {
    this.#around = around;
    this.#tick = setInterval(() => {
      this.#dispatch({ type: "timePassed", nowMs: around.nowMs() });
    }, tickMs);
    this.#connect();
  }

  readonly #dispatch = (event: WatchEvent): void => {
    const before = this.store.getState();
    const after = reduce(before, event);
    if (after !== before) this.store.setState(after, true);
  };

  #connect(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    const startedMs = this.#around.nowMs();
    const around = { ...this.#around, brightness: () => this.#screen?.() ?? null };
    const connection = new RoomConnection(around, this.#dispatch, (failure) => {
      if (this.#closed || this.#connection !== connection) return;
      this.#connection = null;
      this.#everOpened ||= connection.hasOpened;
      if (this.#around.nowMs() - startedMs >= heldMs) this.#attempt = 0;
      void this.#comeBack(failure);
    });
    this.#connection = connection;
  }

  /** Everything but `replaced` and `banned` is worth another try. */
  async #comeBack({ code }: Failure): Promise<void> {
    if (code === "room.replaced") {
      this.#dispatch({ type: "connectionLost", to: "replaced" });
      return;
    }
    if (code === "room.banned") {
      this.#dispatch({ type: "connectionLost", to: "banned" });
      return;
    }
    this.#dispatch({
      type: "connectionLost",
      to: code === "room.closed" ? "closed" : "reconnecting",
    });
    this.#attempt += 1;
    const tries = { url: this.#around.url, count: this.#attempt, everOpened: this.#everOpened };
    if (code === "room.token_invalid") await this.#around.reachPage();
    else if (await isSocketRefused(tries, this.#around.reachPage))
      this.#dispatch({ type: "connectionLost", to: "refused" });
    if (this.#closed || this.#connection !== null) return;
    this.#retry = setTimeout(
      () => {
        this.#connect();
      },
      backoffMs(this.#attempt, this.#around.random()),
    );
  }

  /**
   * The network is back, or the page is looked at again: tries at once where a try is being waited for, and asks
   * whether a connection that seems to be there still is.
   */
  hurry(): void {
    if (this.#retry !== undefined) this.#connect();
    else this.#connection?.probe();
  }

  /** `brightness` of what the page shows, see `createScreenBrightness`; null where there is no screen any more. */
  setScreen(brightness: (() => number | null) | null): void {
    this.#screen = brightness;
  }

  /** The screen shows the first picture of a new stream. */
  noticePicture(): void {
    this.#dispatch({ type: "pictureCame" });
  }

  /** The screen has shown no new picture for a while. */
  noticeStall(): void {
    this.#dispatch({ type: "pictureStalled" });
  }

  /** After `replaced`: takes the room back from the other tab. */
  returnHere(): void {
    if (this.store.getState().connection !== "replaced") return;
    this.#dispatch({ type: "returning" });
    this.#connect();
  }

  /** `requestId` stays the same while the viewer tries to send the same words again. */
  async sendChat(text: string, requestId: RequestId): Promise<Result<RoomAnswer<"sendChat">>> {
    const result = await this.#connection?.ask("sendChat", { requestId, text });
    if (result?.ok && result.value.chatSeq === null)
      this.#dispatch({ type: "messageHeld", messageId: result.value.messageId });
    return result ?? fail("room.unreachable");
  }

  async sendGift(giftId: GiftId, count: number): Promise<Result<null>> {
    const requestId = RequestId.parse(this.#around.createId());
    const result = await this.#connection?.ask("sendGift", { requestId, giftId, count });
    if (result === undefined) return fail("room.unreachable");
    if (!result.ok) return result;
    this.#dispatch({ type: "walletChanged", coins: result.value.coins });
    return succeed(null);
  }

  async follow(): Promise<Result<null>> {
    const requestId = RequestId.parse(this.#around.createId());
    const result = await this.#connection?.ask("follow", { requestId });
    if (result === undefined) return fail("room.unreachable");
    if (!result.ok) return result;
    this.#dispatch({ type: "followed" });
    return succeed(null);
  }

  /** The viewer has read the warning. */
  async acknowledgeWarning(eventId: EventId): Promise<Result<unknown>> {
    return (
      (await this.#connection?.ask("acknowledgeWarning", { eventId })) ?? fail("room.unreachable")
    );
  }

  async changeNickname(nickname: string): Promise<Result<null>> {
    const result = await this.#connection?.ask("changeDisplayName", { displayName: nickname });
    if (result === undefined) return fail("room.unreachable");
    if (!result.ok) return result;
    this.#dispatch({ type: "nicknameChanged", nickname: nickname.normalize("NFC").trim() });
    return succeed(null);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#tick);
    this.#connection?.close();
    this.#connection = null;
  }
}
