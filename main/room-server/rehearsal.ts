import { randomUUID } from "node:crypto";
import type { Person } from "../../preload/contract/chat.ts";
import { ComboId, RequestId, ViewerId } from "../../preload/contract/ids.ts";
import { Coins } from "../../preload/contract/money.ts";
import type { RoomData } from "../../preload/contract/room-protocol.ts";
import { type ErrorCode, fail, succeed, type Result } from "../../preload/contract/result.ts";
import { sendChat } from "./chat.ts";
import { sendGift } from "./gifts.ts";
import type { Handlers } from "./handlers.ts";
import { enter, follow, rehearsalCoins } from "./identity.ts";
import { castNicknames, rehearsalScript, type Act, type Cue } from "./rehearsal-script.ts";
import type { Room } from "./room.ts";
import { noStreak, stepOf, type Streak } from "./streaks.ts";

/** After a longer pause (the machine slept) the play goes on from there, instead of catching up. */
const mostLateMs = 5_000;

/** They are over long before so many others have begun. */
const keptStreaks = 32;

/** What the anchor or a moderator did about one of the cast. */
const governed: ReadonlySet<ErrorCode> = new Set([
  "chat.timed_out",
  "chat.muted",
  "chat.slow_mode",
  "chat.followers_only",
  "chat.word_blocked",
  "chat.held_full",
]);

/**
 * The scripted audience: persons of the room like any others, who chat, follow and send gifts the same way. It plays while
 * it is on and the anchor's event connection is there. Its events are marked `test`; the rehearsal fills its wallets again.
 */
export class Rehearsal {
  readonly #room: Room;
  readonly #random: () => number;
  #on: boolean;
  #anchorPresent = false;
  readonly #streaks = new Map<number, Streak & { readonly comboId: ComboId }>();
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor(room: Room, options: { on: boolean; random: () => number }) {
    this.#room = room;
    this.#on = options.on;
    this.#random = options.random;
  }

  get isOn(): boolean {
    return this.#on;
  }

  set(on: boolean): void {
    this.#on = on;
    this.#update();
  }

  setAnchorPresent(present: boolean): void {
    this.#anchorPresent = present;
    this.#update();
  }

  close(): void {
    this.#closed = true;
    this.#update();
  }

  #update(): void {
    const plays = this.#on && this.#anchorPresent && !this.#closed;
    if (plays === (this.#cancel !== undefined)) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#room.audience.setCast(plays ? castNicknames.length : 0);
    if (plays) this.#play();
  }

  #play(): void {
    const { clock, catalogue } = this.#room;
    this.#streaks.clear();
    const script = rehearsalScript([...catalogue.values()], this.#random);
    let startMs: number = clock.now();
    const schedule = (cue: Cue): void => {
      const lateMs = clock.now() - startMs - cue.atMs;
      if (lateMs > mostLateMs) startMs += lateMs;
      this.#cancel = clock.after(Math.max(0, -lateMs), () => {
        schedule(script.next().value);
        void this.#perform(cue);
      });
    };
    schedule(script.next().value);
  }

  async #perform({ actor, act }: Cue): Promise<void> {
    const entered = await enter(this.#room, ViewerId.parse(`rehearsal-${actor + 1}`), {
      role: "viewer",
      nickname: castNicknames[actor] ?? "",
      test: true,
    });
    if (entered.ok && this.#isBanned(entered.value)) return;
    const done = entered.ok ? await this.#act(entered.value, act) : entered;
    if (!done.ok && !this.#closed && !governed.has(done.error.code))
      this.#room.log.warn({ act: act.type, error: done.error }, "the rehearsal was refused");
  }

  #isBanned({ viewerId }: Person): boolean {
    const { moderation, clock } = this.#room;
    return moderation.isRestricted(viewerId, "ban", clock.now());
  }

  async #act(person: Person, act: Act): Promise<Result<unknown>> {
    const requestId = RequestId.parse(randomUUID());
    const test = true;
    switch (act.type) {
      case "chat":
        return sendChat(this.#room, person, { requestId, text: act.text });
      case "follow":
        return follow(this.#room, person, requestId, true);
      case "gift": {
        const { giftId, count } = act;
        return this.#give(person, { requestId, giftId, count }, { test });
      }
      case "streak":
        return this.#goOn(person, requestId, act);
      default:
        return act satisfies never;
    }
  }

  /** What is refused ends its streak: what comes after it would count it. */
  async #goOn(
    person: Person,
    requestId: RequestId,
    { streak, giftId, ...report }: Extract<Act, { type: "streak" }>,
  ): Promise<Result<unknown>> {
    const known = this.#streaks.get(streak) ?? {
      ...noStreak,
      comboId: ComboId.parse(randomUUID()),
    };
    const step = stepOf(known, report);
    if (!step) return succeed({});
    const { count, comboCount, final } = step;
    const { comboId } = known;
    this.#streaks.set(streak, { comboId, count: comboCount, isOver: final });
    const combo = { comboId, comboCount, final };
    const done = await this.#give(person, { requestId, giftId, count }, { test: true, combo });
    if (!done.ok) this.#streaks.set(streak, { comboId, count: comboCount, isOver: true });
    const [oldest] = this.#streaks.keys();
    if (this.#streaks.size > keptStreaks && oldest !== undefined) this.#streaks.delete(oldest);
    return done;
  }

  /** With coins that never run out. */
  async #give(
    person: Person,
    data: RoomData<"sendGift">,
    how: Parameters<typeof sendGift>[3],
  ): Promise<Result<unknown>> {
    const first = await sendGift(this.#room, person, data, how);
    if (first.ok || first.error.code !== "wallet.insufficient") return first;
    const price = (this.#room.catalogue.get(data.giftId)?.coins ?? 0) * data.count;
    const filled = await this.#fill(person, price);
    return filled.ok ? sendGift(this.#room, person, data, how) : filled;
  }

  #fill({ viewerId }: Person, price: number): Promise<Result<unknown>> {
    return this.#room.commits.submit(() => {
      const coins = Coins.parse(Math.max(price, rehearsalCoins));
      this.#room.identities.setCoins(viewerId, coins);
      return succeed({});
    });
  }
}

export const rehearsalHandlers = {
  setRehearsalAudience: {
    action: "rehearsal.control",
    handle: (room, _connection, { running }) => {
      if (!room.rehearsal) return fail("room.not_offered");
      room.rehearsal.set(running);
      return succeed({});
    },
  },
} satisfies Handlers<"setRehearsalAudience">;
