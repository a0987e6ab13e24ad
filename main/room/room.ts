import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type {
  ChatMethod,
  IpcOutput,
  PushMessage,
  RoomState,
  UplinkAccess,
} from "../../preload/contract/ipc.ts";
import { type Failure, type Result, fail, succeed } from "../../preload/contract/result.ts";
import type { RoomAnswer, RoomInput } from "../../preload/contract/room-protocol.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { BackOff } from "./back-off.ts";
import { ChatFeed } from "./chat-feed.ts";
import { Intake } from "./intake.ts";
import { type LinkAddress, connectionUrl, parseRoomLink } from "./link-address.ts";
import { type LinkState, RoomLink } from "./link.ts";
import { PinnedRelay } from "./pinned-relay.ts";

export interface RoomPorts {
  readonly ledger: Ledger;
  readonly log: Logger;
  readonly backOff: BackOff;
  readonly random: () => number;
  /** Under which name the programme is sent into a foreign room. */
  readonly displayName: () => string;
  readonly push: (message: PushMessage) => void;
}

interface Connection {
  readonly address: LinkAddress;
  readonly link: RoomLink;
  readonly intake: Intake;
  /** For the window, where the room has signed its certificate itself. */
  readonly relay: PinnedRelay | null;
}

type Done = Result<Record<string, never>>;

const rehearsalKey = "rehearsal";
const recentEvents = 200;
const farewellMs = 2_000;
/** Who wants to send the programme waits so long for a room that is being reached. */
const reachMs = 5_000;
const betweenTriesMs = 50;

const withoutValue = (result: Result<unknown>): Done => (result.ok ? succeed({}) : result);

/** The one room that the studio is linked to: the rehearsal room, or what the anchor chose. */
export class Room {
  readonly #ports: RoomPorts;
  /** Null: the rehearsal room. */
  #link: string | null = null;
  #rehearsal: { readonly anchorUrl: string } | { readonly error: Failure } | null = null;
  #connection: Connection | null = null;
  #state: RoomState = { status: "connecting", link: null, attempt: 0 };
  #feed = new ChatFeed();
  /** What the room has to know of the programme; null leaves it as the room has it. */
  #programme: "live" | "ended" | null = null;
  readonly #followers = new Set<() => void>();
  #closed = false;

  /** Calls nothing before `choose`. */
  constructor(ports: RoomPorts) {
    this.#ports = ports;
  }

  get state(): RoomState {
    return this.#state;
  }

  /** `room.link_invalid` changes nothing. */
  choose(link: string | null): Done {
    const address = link === null ? null : parseRoomLink(link);
    if (address && !address.ok) return address;
    this.#link = link;
    this.#feed = new ChatFeed();
    this.#programme = null;
    if (address) this.#open(address.value);
    else this.#openRehearsal();
    return succeed({});
  }

  /** Shows a link that was saved and cannot be used. */
  showInvalid(link: string, error: Failure): void {
    this.#link = link;
    this.#disconnect();
    this.#show({ status: "failed", link, error });
  }

  /** The rehearsal room has started, or has started again. */
  setRehearsal(rehearsal: { readonly anchorUrl: string } | { readonly error: Failure }): void {
    const before = this.#rehearsal;
    this.#rehearsal = rehearsal;
    const same =
      before && "anchorUrl" in before && "anchorUrl" in rehearsal
        ? before.anchorUrl === rehearsal.anchorUrl
        : false;
    if (this.#link !== null) return;
    if (same) this.#connection?.link.hurry();
    else this.#openRehearsal();
  }

  /** Repeated by the same request id where it is not known whether the room got it. */
  ask<M extends ChatMethod>(method: M, data: RoomInput<M>): Promise<Result<RoomAnswer<M>>> {
    return this.#request(method, data);
  }

  async setRehearsalAudience(running: boolean): Promise<Done> {
    const result = await this.#request("setRehearsalAudience", { running });
    if (result.ok) this.#connection?.link.amendInfo({ rehearsalAudience: running });
    return withoutValue(result);
  }

  /** Where the renderer's media connection goes; waits a while for a room that is being reached. */
  async getUplinkAccess(): Promise<Result<UplinkAccess>> {
    const endMs = performance.now() + reachMs;
    for (;;) {
      this.#connection?.link.hurry();
      await this.#untilReached(endMs);
      const access = await this.#getUplinkAccess();
      // A connection that only seemed to be one may have ended meanwhile.
      if (access.ok || access.error.code !== "room.unreachable") return access;
      if (this.#closed || this.#state.status === "failed" || performance.now() >= endMs)
        return access;
      await sleep(betweenTriesMs);
    }
  }

  /** Resolves when the room is reached or has failed, at the latest at `endMs` of `performance.now()`. */
  async #untilReached(endMs: number): Promise<void> {
    const isSettled = (): boolean =>
      this.#closed || ["connected", "uplinkOnly", "failed"].includes(this.#state.status);
    if (isSettled()) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#followers.delete(follow);
        resolve();
      };
      const follow = (): void => {
        if (isSettled()) end();
      };
      const timer = setTimeout(end, Math.max(0, endMs - performance.now()));
      this.#followers.add(follow);
    });
  }

  async #getUplinkAccess(): Promise<Result<UplinkAccess>> {
    const { address, relay } = this.#connection ?? {};
    const state = this.#state;
    if (!address) return fail("room.unreachable");
    if (state.status === "uplinkOnly") {
      const url = connectionUrl(address, `studio-${randomUUID()}`);
      return succeed({ url, displayName: this.#ports.displayName(), token: null, foreign: true });
    }
    if (state.status !== "connected") return fail("room.unreachable");
    const result = await this.#request("createMediaToken", {});
    if (!result.ok) return result;
    const { token } = result.value;
    const url = connectionUrl(address, "anchor-media", token);
    return succeed({
      url: relay ? await relay.through(url) : url,
      displayName: state.info.self.nickname,
      token,
      foreign: false,
    });
  }

  /**
   * Says to the room whether the programme is on air. Where the room cannot be reached it is told as soon as it can
   * be; foreign rooms are not told.
   */
  async setProgramme(programme: "live" | "ended"): Promise<Done> {
    this.#programme = programme;
    if (this.#state.status !== "connected") return succeed({});
    const result = await this.#request("setProgramme", { state: programme });
    return result.ok || result.error.code === "room.unreachable" ? succeed({}) : result;
  }

  getRecent(): IpcOutput<"feed.getRecent"> {
    const key = this.#connection?.address.roomKey ?? rehearsalKey;
    const { ledger } = this.#ports;
    return {
      events: ledger.recent(key, recentEvents),
      messages: [...this.#feed.messages],
      totals: ledger.totals(key),
    };
  }

  /** Ends a show that the room still believes in, and then the link. */
  async close(): Promise<void> {
    const { state } = this;
    if (state.status === "connected" && ["live", "away"].includes(state.info.programme)) {
      const limit = new AbortController();
      await Promise.race([
        this.setProgramme("ended"),
        new Promise((resolve) => {
          const timer = setTimeout(resolve, farewellMs);
          limit.signal.addEventListener("abort", () => clearTimeout(timer));
        }),
      ]);
      limit.abort();
    }
    const { link } = this.#connection ?? {};
    this.#disconnect();
    this.#closed = true;
    for (const follow of this.#followers) follow();
    await link?.close();
  }

  #request: RoomLink["request"] = (method, data) =>
    this.#connection
      ? this.#connection.link.request(method, data)
      : Promise.resolve(fail("room.unreachable"));

  #openRehearsal(): void {
    const rehearsal = this.#rehearsal;
    if (rehearsal && "anchorUrl" in rehearsal) {
      const address = parseRoomLink(rehearsal.anchorUrl);
      if (!address.ok) throw new Error("the rehearsal room gave a link that is none");
      this.#open({ ...address.value, roomKey: rehearsalKey });
      return;
    }
    this.#disconnect();
    this.#show(
      rehearsal
        ? { status: "failed", link: null, error: rehearsal.error }
        : { status: "connecting", link: null, attempt: 0 },
    );
  }

  #open(address: LinkAddress): void {
    this.#disconnect();
    const { ledger, log, backOff, random, push } = this.#ports;
    const isCurrent = (): boolean => this.#connection?.link === link;
    const intake = new Intake({
      ledger,
      roomKey: address.roomKey,
      backOff,
      random,
      onRecorded: (events, totals) =>
        push({ type: "records", events: [...events], omitted: 0, totals }),
      onLedgerFailure: (error) => {
        log.error({ error }, "the ledger cannot be written, or can again");
        push({ type: "ledgerFailure", error });
      },
      onContradiction: (error) => link.fail(error),
      setReading: (reading) => link.setReading(reading),
    });
    const link: RoomLink = new RoomLink({
      address,
      peerId: address.kind === "anchor" ? "anchor-events" : `studio-${randomUUID()}`,
      ledger,
      intake,
      log,
      backOff,
      random,
      onState: (state) => {
        if (isCurrent()) this.#follow(state);
      },
      onChat: (messages) => {
        const fresh = isCurrent() ? this.#feed.add(messages) : [];
        if (fresh.length) push({ type: "chat", messages: fresh, omitted: 0 });
      },
      onChatDeleted: (messageIds) => {
        if (isCurrent()) this.#feed.remove(messageIds);
      },
      onChatRestored: (messages) => {
        if (isCurrent()) this.#feed.restore(messages);
      },
    });
    const { hostname, port } = new URL(address.socketUrl);
    const fingerprint = address.kind === "anchor" ? address.fingerprint : null;
    const relay =
      fingerprint === null
        ? null
        : new PinnedRelay({
            host: hostname.replace(/^\[|\]$/g, ""),
            port: Number(port || 443),
            fingerprint,
          });
    this.#connection = { address, link, intake, relay };
    this.#follow({ status: "connecting", attempt: 0 });
  }

  #disconnect(): void {
    const connection = this.#connection;
    this.#connection = null;
    connection?.intake.close();
    connection?.relay?.close();
    void connection?.link.close();
  }

  #follow(state: LinkState): void {
    const before = this.#state.status;
    if (state.status === "uplinkOnly") this.#show({ status: "uplinkOnly", link: this.#link ?? "" });
    else this.#show({ ...state, link: this.#link });
    if (state.status !== "connected" || before === "connected") return;
    this.#feed.forgetAfter(state.info.latestChatSeq);
    const onAir = ["live", "away"].includes(state.info.programme);
    if (this.#programme && onAir !== (this.#programme === "live"))
      void this.#tellProgramme(this.#programme);
  }

  async #tellProgramme(programme: "live" | "ended"): Promise<void> {
    const told = await this.setProgramme(programme);
    if (!told.ok) this.#ports.log.warn({ error: told.error }, "the room was not told of the show");
  }

  #show(state: RoomState): void {
    this.#state = state;
    this.#ports.push({ type: "room", state });
    for (const follow of this.#followers) follow();
  }
}
