import type { Person } from "../../preload/contract/chat.ts";
import type { PeerId, ViewerId } from "../../preload/contract/ids.ts";
import type {
  RoomNotification,
  RoomNotificationData,
} from "../../preload/contract/room-protocol.ts";
import { encodeRpc } from "../../preload/contract/rpc.ts";
import type { Clock } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { limits } from "./limits.ts";
import { createPersonSession, type PersonSession } from "./person-session.ts";

const isWatching = ({ role }: Person): boolean => role === "viewer" || role === "moderator";

/** Everybody who is connected, by person and by peer. */
export class Audience {
  readonly #clock: Clock;
  readonly #peers = new Map<PeerId, Connection>();
  readonly #sessions = new Map<ViewerId, PersonSession>();
  #cast = 0;
  #told = 0;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #cancelNotice: (() => void) | undefined;
  #viewers = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get connections(): Iterable<Connection> {
    return this.#peers.values();
  }

  get connectionCount(): number {
    return this.#peers.size;
  }

  /** Distinct persons who watch: everybody but the anchor and guests, together with the running rehearsal's cast. */
  get viewers(): number {
    return this.#viewers + this.#cast;
  }

  peer(peerId: PeerId): Connection | undefined {
    return this.#peers.get(peerId);
  }

  /** The session of a person who is connected or was a moment ago, else a new one. */
  session(person: Person): PersonSession {
    const known = this.#sessions.get(person.viewerId);
    if (known) return known;
    const session = createPersonSession(person, this.#clock.now());
    this.#sessions.set(person.viewerId, session);
    return session;
  }

  find(viewerId: ViewerId): PersonSession | undefined {
    return this.#sessions.get(viewerId);
  }

  /** Its peer id must be free. */
  add(connection: Connection): void {
    this.#peers.set(connection.peerId, connection);
    const { connections, person } = connection.session;
    connections.add(connection);
    if (connections.size === 1 && isWatching(person)) this.#countViewers(1);
  }

  remove(connection: Connection): void {
    if (this.#peers.get(connection.peerId) === connection) this.#peers.delete(connection.peerId);
    const { session } = connection;
    session.lastSeenMs = this.#clock.now();
    const left = session.connections.delete(connection) && session.connections.size === 0;
    if (left && isWatching(session.person)) this.#countViewers(-1);
  }

  setCast(persons: number): void {
    this.#cast = persons;
    this.#noticeViewers();
  }

  /** To every connection, encoded once. */
  notifyAll<N extends RoomNotification>(
    method: N,
    data: RoomNotificationData<N>,
    wants: (connection: Connection) => boolean = () => true,
  ): void {
    const bytes = Buffer.from(encodeRpc({ type: "notification", method, data }));
    for (const connection of this.#peers.values()) if (wants(connection)) connection.send(bytes);
  }

  /** Pings everybody and forgets persons who left a while ago. */
  heartbeat(): void {
    for (const connection of this.#peers.values()) connection.heartbeat();
    const nowMs = this.#clock.now();
    for (const [viewerId, session] of this.#sessions)
      if (!session.connections.size && nowMs - session.lastSeenMs > limits.personMemoryMs)
        this.#sessions.delete(viewerId);
  }

  close(code: number): void {
    for (const connection of this.#peers.values()) connection.close(code);
    this.#cancelNotice?.();
    this.#cancelNotice = undefined;
  }

  #countViewers(change: 1 | -1): void {
    this.#viewers += change;
    this.#noticeViewers();
  }

  /** At most once in `limits.audienceNoticeMs`. */
  #noticeViewers(): void {
    if (this.#cancelNotice || this.viewers === this.#told) return;
    const waitMs = Math.max(0, this.#toldAtMs + limits.audienceNoticeMs - this.#clock.now());
    this.#cancelNotice = this.#clock.after(waitMs, () => {
      this.#cancelNotice = undefined;
      if (this.viewers === this.#told) return;
      this.#told = this.viewers;
      this.#toldAtMs = this.#clock.now();
      this.notifyAll("audienceChanged", { viewers: this.#told }, ({ scope }) => scope === "full");
    });
  }
}
