import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { ChatMethod, IpcOutput, PushMessage, RoomState } from "../../preload/contract/ipc.ts";
import { type Result, fail } from "../../preload/contract/result.ts";
import type { RoomAnswer, RoomInput } from "../../preload/contract/room-protocol.ts";
import { noTotals } from "../ledger/postings.ts";
import { type BackOff, backOffMs, waitMs } from "../room/back-off.ts";
import { ChatFeed } from "../room/chat-feed.ts";
import { Intake } from "../room/intake.ts";
import { type LinkState, RoomLink } from "../room/link.ts";
import type { InvitationAddress } from "./invitation-link.ts";
import { fetchIdentity, type ModeratorIdentities } from "./moderator-identity.ts";
import { createRecordInMemory } from "./record-in-memory.ts";

export interface ModeratedRoomPorts {
  readonly address: InvitationAddress;
  readonly identities: ModeratorIdentities;
  readonly log: Logger;
  readonly backOff: BackOff;
  readonly random: () => number;
  readonly push: (message: PushMessage) => void;
}

/** Another one's room, of which we are a moderator by an invitation. */
export class ModeratedRoom {
  readonly #ports: ModeratedRoomPorts;
  readonly #record = createRecordInMemory();
  readonly #feed = new ChatFeed();
  readonly #closing = new AbortController();
  #state: RoomState = { status: "connecting", link: null, attempt: 0 };
  #link: RoomLink | null = null;
  #intake: Intake | null = null;

  constructor(ports: ModeratedRoomPorts) {
    this.#ports = ports;
    void this.#begin();
  }

  get state(): RoomState {
    return this.#state;
  }

  ask<M extends ChatMethod>(method: M, data: RoomInput<M>): Promise<Result<RoomAnswer<M>>> {
    return this.#link
      ? this.#link.request(method, data)
      : Promise.resolve(fail("room.unreachable"));
  }

  getRecent(): IpcOutput<"feed.getRecent"> {
    return {
      events: [...this.#record.recent()],
      messages: [...this.#feed.messages],
      totals: noTotals,
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#intake?.close();
    await this.#link?.close();
  }

  /** Who we are has to be known before the link; until the room answers it is asked again. */
  async #begin(): Promise<void> {
    const { address, identities, backOff, random } = this.#ports;
    const { signal } = this.#closing;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const identity = await fetchIdentity(address, identities.find(address));
      if (signal.aborted) return;
      if (identity.ok) {
        await identities.keep(address, identity.value);
        if (!signal.aborted) this.#open(identity.value.slice(identity.value.indexOf("=") + 1));
        return;
      }
      if (identity.error.code !== "room.unreachable") {
        this.#show({ status: "failed", error: identity.error });
        return;
      }
      this.#show({ status: "connecting", attempt: attempt + 1 });
      await waitMs(backOffMs(backOff, attempt, random), signal);
    }
  }

  #open(token: string): void {
    const { address, log, backOff, random, push } = this.#ports;
    const intake = new Intake({
      ledger: this.#record,
      roomKey: address.roomKey,
      backOff,
      random,
      onRecorded: (events, totals) =>
        push({ type: "records", events: [...events], omitted: 0, totals }),
      onLedgerFailure: (error) => push({ type: "ledgerFailure", error }),
      onContradiction: (error) => this.#link?.fail(error),
      setReading: (reading) => this.#link?.setReading(reading),
    });
    this.#intake = intake;
    this.#link = new RoomLink({
      address: { ...address, kind: "moderator", token },
      peerId: `moderator-${randomUUID()}`,
      ledger: this.#record,
      intake,
      log,
      backOff,
      random,
      onState: (state) => {
        if (state.status === "connected" && this.#state.status !== "connected")
          this.#feed.forgetAfter(state.info.latestChatSeq);
        this.#show(state);
      },
      onChat: (messages) => {
        const fresh = this.#feed.add(messages);
        if (fresh.length) push({ type: "chat", messages: fresh, omitted: 0 });
      },
      onChatDeleted: (messageIds) => this.#feed.remove(messageIds),
      onChatRestored: (messages) => this.#feed.restore(messages),
    });
  }

  #show(state: LinkState): void {
    if (state.status === "uplinkOnly") throw new Error("an invitation leads to no foreign room");
    this.#state = { ...state, link: null };
    this.#ports.push({ type: "room", state: this.#state });
  }
}
