import { fail, type Result, succeed } from "../../../preload/contract/result.ts";
import { type OpenOptions, openPlayer } from "./open-player.ts";
import type { AlertAnimation } from "./player.ts";

/** An animation in use: it stays open until released. */
export interface AnimationLease {
  /** By which `take` finds it. */
  readonly key: string;
  readonly animation: AlertAnimation;
  /** May be called more than once. */
  release(): void;
}

interface Entry {
  readonly opening: Promise<Result<AlertAnimation>>;
  animation: AlertAnimation | undefined;
  uses: number;
}

const hashOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

/** Opened animations by the hash of their content; those that were not used for longest are closed beyond a bound. */
export class AnimationCache {
  readonly #limitBytes: number;
  /** In the order of their last use. */
  readonly #entries = new Map<string, Entry>();
  #closed = false;

  /** @param limitBytes of all that opened animations hold at most */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Fails as the file does, or where those in use leave no room for it. Failed files are opened anew when asked for again. */
  async open(
    bytes: Uint8Array<ArrayBuffer>,
    options: Readonly<Partial<OpenOptions>> = {},
  ): Promise<Result<AnimationLease>> {
    const key = JSON.stringify([await hashOf(bytes), options]);
    if (this.#closed) return fail("alert.file_broken", "the cache is closed");
    const entry = this.#entries.get(key) ?? {
      opening: openPlayer(bytes, { ...options, id: `alert/${key}` }).catch((error: unknown) =>
        fail("alert.file_broken", error instanceof Error ? error.message : String(error)),
      ),
      animation: undefined,
      uses: 0,
    };
    entry.uses += 1;
    this.#touch(key, entry);
    const opened = await entry.opening;
    if (!opened.ok) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      return opened;
    }
    entry.animation = opened.value;
    if (this.#closed) {
      opened.value.close();
      return fail("alert.file_broken", "the cache is closed");
    }
    const lease = this.#lease(key, entry, opened.value);
    if (opened.value.failure) {
      // Whoever shows it still is told by the animation itself.
      this.#entries.delete(key);
      lease.release();
      return { ok: false, error: opened.value.failure };
    }
    this.#trim();
    if (this.#heldBytes() > this.#limitBytes) {
      lease.release();
      return fail("alert.no_room", "beside the animations in use");
    }
    return succeed(lease);
  }

  /** What is open, at once; undefined where it has to be opened. */
  take(key: string): AnimationLease | undefined {
    const entry = this.#entries.get(key);
    if (!entry?.animation || entry.animation.failure) return undefined;
    entry.uses += 1;
    this.#touch(key, entry);
    return this.#lease(key, entry, entry.animation);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { animation } of this.#entries.values()) animation?.close();
    this.#entries.clear();
  }

  #lease(key: string, entry: Entry, animation: AlertAnimation): AnimationLease {
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      entry.uses -= 1;
      // What turned out broken has left already.
      if (entry.uses === 0 && this.#entries.get(key) !== entry) animation.close();
      this.#trim();
    };
    return { key, animation, release };
  }

  #touch(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  #heldBytes(): number {
    let bytes = 0;
    for (const { animation } of this.#entries.values()) bytes += animation?.maxBytes ?? 0;
    return bytes;
  }

  #trim(): void {
    let held = this.#heldBytes();
    for (const [key, { animation, uses }] of this.#entries) {
      if (held <= this.#limitBytes) return;
      if (!animation || uses > 0) continue;
      held -= animation.maxBytes;
      this.#entries.delete(key);
      animation.close();
    }
  }
}
