import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import type { GiftKind } from "../../preload/contract/gift.ts";
import { ComboId, RoomId, type GiftId } from "../../preload/contract/ids.ts";
import { can } from "../../preload/contract/rights.ts";
import { roomCloseCodes, type RoomKind } from "../../preload/contract/room-protocol.ts";
import { succeed } from "../../preload/contract/result.ts";
import { Audience } from "./audience.ts";
import type { Clock } from "./clock.ts";
import { createCombos, type Combos } from "./combos.ts";
import type { Connection } from "./connection.ts";
import { ChatFanOut } from "./chat-fan-out.ts";
import { chatFrames, recordFrames } from "./frames.ts";
import { GroupCommit, type Committed } from "./group-commit.ts";
import { type BlockedWords, createBlockedWords } from "./blocked-words.ts";
import { createInvitationStore, type InvitationStore } from "./invitation-store.ts";
import type { InvitationCodes } from "./invitations.ts";
import { createFlaggedMessages, type FlaggedMessages } from "./flagged-messages.ts";
import { createHeldMessages, HeldNotices, type HeldMessages } from "./held-messages.ts";
import { createIdentityStore, type IdentityStore } from "./identity-store.ts";
import { limits } from "./limits.ts";
import { createLogStore, type LogStore } from "./log-store.ts";
import type { Log } from "./log.ts";
import { announceDeparture } from "./media.ts";
import { createModerationStore, type ModerationStore } from "./moderation-store.ts";
import { moderatorsOf } from "./moderators.ts";
import type { PersonSession } from "./person-session.ts";
import { Playback } from "./playback.ts";
import { createProgramme, type Programme } from "./programme.ts";
import { createRecordHistory, type RecordHistory } from "./record-history.ts";
import { Rehearsal } from "./rehearsal.ts";
import { seededRandom } from "./rehearsal-script.ts";
import type { Sfu } from "./sfu.ts";
import type { Tokens } from "./tokens.ts";

export const roomId = RoomId.parse("main");

const forgetEveryMs = 3_600_000;

export interface RoomOptions {
  readonly kind: RoomKind;
  readonly viewerUrl: string;
  readonly db: DatabaseSync;
  readonly sfu: Sfu;
  readonly tokens: Tokens;
  readonly addressKey: (address: string) => string | undefined;
  readonly invitationCodes: InvitationCodes;
  /** Of a certificate that the room has signed itself, as its links carry it. */
  readonly fingerprint: string | null;
  readonly catalogue: ReadonlyMap<GiftId, GiftKind>;
  readonly clock: Clock;
  /** In [0, 1), for nicknames. */
  readonly random: () => number;
  readonly rehearsal: { readonly on: boolean; readonly seed: number };
  readonly log: Log;
}

/** The one room of this process: who is there, what has happened, and what is on air. */
export class Room {
  readonly roomId = roomId;
  readonly kind: RoomKind;
  readonly viewerUrl: string;
  readonly sfu: Sfu;
  readonly tokens: Tokens;
  readonly addressKey: (address: string) => string | undefined;
  readonly invitationCodes: InvitationCodes;
  readonly fingerprint: string | null;
  readonly catalogue: ReadonlyMap<GiftId, GiftKind>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly store: LogStore;
  readonly identities: IdentityStore;
  readonly moderation: ModerationStore;
  readonly blockedWords: BlockedWords;
  readonly invitations: InvitationStore;
  readonly held: HeldMessages;
  readonly flagged: FlaggedMessages;
  readonly heldNotices: HeldNotices;
  readonly history: RecordHistory;
  readonly commits: GroupCommit;
  readonly combos: Combos;
  readonly audience: Audience;
  readonly chat: ChatFanOut;
  readonly programme: Programme;
  readonly playback: Playback;
  /** Undefined in public rooms. */
  readonly rehearsal: Rehearsal | undefined;
  #producing = false;
  #cancelForgetting: (() => void) | undefined;
  #closed = false;

  constructor(options: RoomOptions) {
    this.kind = options.kind;
    this.viewerUrl = options.viewerUrl;
    this.sfu = options.sfu;
    this.tokens = options.tokens;
    this.addressKey = options.addressKey;
    this.invitationCodes = options.invitationCodes;
    this.fingerprint = options.fingerprint;
    this.catalogue = options.catalogue;
    this.clock = options.clock;
    this.random = options.random;
    this.log = options.log;
    this.store = createLogStore(options.db);
    this.identities = createIdentityStore(options.db);
    this.moderation = createModerationStore(options.db, this.store);
    this.invitations = createInvitationStore(options.db);
    this.blockedWords = createBlockedWords(options.db, options.log);
    this.held = createHeldMessages(options.db);
    this.flagged = createFlaggedMessages(options.db);
    this.history = createRecordHistory(this.store);
    this.combos = createCombos(() => ComboId.parse(randomUUID()));
    this.audience = new Audience(options.clock);
    this.heldNotices = new HeldNotices(this);
    this.chat = new ChatFanOut(options.clock, this.audience, (lines) => {
      const frames = chatFrames(lines);
      for (const { scope, chat } of this.audience.connections)
        if (scope === "full") chat.publish(frames);
    });
    this.playback = new Playback(options.clock, (playback) =>
      this.audience.notifyAll(
        "playbackChanged",
        { playback },
        ({ scope, session }) => scope === "full" && session.person.role === "anchor",
      ),
    );
    this.commits = new GroupCommit({
      db: options.db,
      store: this.store,
      log: options.log,
      settled: (committed) => this.#settle(committed),
    });
    this.programme = createProgramme({
      store: this.store,
      commits: this.commits,
      changed: (programme) => this.audience.notifyAll("programmeChanged", { programme }),
    });
    this.rehearsal =
      options.kind === "rehearsal"
        ? new Rehearsal(this, {
            on: options.rehearsal.on,
            random: seededRandom(options.rehearsal.seed),
          })
        : undefined;
    this.#forgetRequests();
  }

  /** A connection with the same peer id is replaced; whether it may be is for the caller to know. */
  admit(connection: Connection): void {
    this.audience.peer(connection.peerId)?.close(roomCloseCodes.replaced);
    this.audience.add(connection);
    this.#noteAnchor();
    this.#noteModerator(connection);
  }

  /** Called once when a connection has ended. */
  dismiss(connection: Connection): void {
    this.audience.remove(connection);
    this.playback.forget(connection.peerId);
    announceDeparture(this, connection);
    this.#noteAnchor();
    this.#noteModerator(connection);
    this.noteProducing();
  }

  /** The anchor's media may have begun or ended. */
  noteProducing(): void {
    if (this.#closed) return;
    const producing = [...this.audience.connections].some(
      ({ session, media }) => session.person.role === "anchor" && media.producers.size > 0,
    );
    if (producing === this.#producing) return;
    this.#producing = producing;
    void this.programme.apply({ type: "producing", producing });
  }

  /** To all who govern the room: who they are, and who of them is here. `except` has just asked or will. */
  tellModerators(except?: Connection): void {
    if (this.#closed) return;
    this.audience.notifyAll(
      "moderatorsChanged",
      { moderators: moderatorsOf(this) },
      (connection) =>
        connection !== except &&
        connection.scope === "full" &&
        can(connection.session.person.role, "moderation.read"),
    );
  }

  announceName(session: PersonSession, displayName: string): void {
    for (const connection of session.connections) {
      const { joined } = connection.media;
      if (!joined) continue;
      connection.media.joined = { ...joined, displayName };
      if (session.person.role === "viewer" || session.person.role === "moderator") continue;
      this.audience.notifyAll(
        "peerDisplayNameChanged",
        { peerId: connection.peerId, displayName },
        (other) => other !== connection && other.media.joined !== undefined,
      );
    }
  }

  /** The SFU's worker is gone: who had media must build it anew, others stay. */
  loseMedia(): void {
    for (const connection of this.audience.connections)
      if (connection.media.joined || connection.media.transports.size)
        connection.close(roomCloseCodes.serviceRestart);
  }

  /** Writes what waits, tells everybody, and keeps nothing running; database and SFU belong to the caller. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.rehearsal?.close();
    this.playback.close();
    this.blockedWords.live.close();
    this.#cancelForgetting?.();
    this.commits.close();
    await setImmediate();
    this.chat.flush();
    this.heldNotices.flush();
    this.audience.close(roomCloseCodes.roomClosing);
  }

  #settle(committed: Committed | undefined): void {
    this.combos.settle(committed !== undefined);
    this.programme.settle();
    if (!committed) {
      this.moderation.forget();
      return;
    }
    this.history.add(committed.records);
    const records = recordFrames(committed.records);
    const acts = committed.records.some(({ isPrivate }) => isPrivate);
    const open = acts
      ? recordFrames(committed.records.filter(({ isPrivate }) => !isPrivate))
      : records;
    if (records.length)
      for (const connection of this.audience.connections)
        if (connection.scope === "full") connection.records.publish(records, open);
    this.chat.publish(committed.chat);
    // A message that an act takes back must not come after the news of that.
    if (acts) this.chat.flush();
  }

  #noteModerator(connection: Connection): void {
    const { scope, session } = connection;
    // Their second window is no news.
    if (
      scope === "full" &&
      session.connections.size <= 1 &&
      can(session.person.role, "moderation.read")
    )
      this.tellModerators(connection);
  }

  #noteAnchor(): void {
    this.rehearsal?.setAnchorPresent(
      [...this.audience.connections].some(
        ({ session, scope }) => session.person.role === "anchor" && scope === "full",
      ),
    );
  }

  #forgetRequests(): void {
    void this.commits.submit(() => {
      this.store.forgetAnswersBefore(this.clock.now() - limits.requestMemoryMs);
      this.moderation.forgetAddressesBefore(this.clock.now());
      return succeed({});
    });
    this.#cancelForgetting = this.clock.after(forgetEveryMs, () => this.#forgetRequests());
  }
}
