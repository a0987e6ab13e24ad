import { type GiftAnimation, GiftCatalogue, type GiftKind } from "../../preload/contract/gift.ts";
import { type Failure, fail, type Result, succeed } from "../../preload/contract/result.ts";
import type { AlertSound } from "../compositor/protocol.ts";
import { delay } from "./delay.ts";
import { AnimationCache, type AnimationLease } from "./players/animation-cache.ts";
import { limits } from "./players/limits.ts";
import type { AlertAnimation } from "./players/player.ts";

/** Of all animations that are open. */
const usualCacheBytes = 256 * 1024 * 1024;
/** Sounds that are no part of an animation's file. */
const keptSounds = 16;

/** Why something of a gift is not shown or heard; null where it is again. */
export interface GiftTrouble {
  readonly giftId: string;
  readonly file: string;
  readonly error: Failure | null;
}

/** What a gift brings along, ready to be played. */
export interface GiftShow {
  readonly animation: AlertAnimation | null;
  readonly sounds: readonly AlertSound[];
}

interface Held {
  /** Undefined while it loads. */
  show: GiftShow | undefined;
  lease: AnimationLease | undefined;
  released: boolean;
}

const nothing: GiftShow = { animation: null, sounds: [] };

/** The animations and sounds of the catalogue's gifts: opened before they are due, let go when no longer needed. */
export class GiftMedia {
  readonly #baseUrl: string;
  readonly #onTrouble: (trouble: GiftTrouble) => void;
  readonly #onSounds: (sounds: readonly AlertSound[]) => void;
  readonly #cache: AnimationCache;
  readonly #held = new Map<string, Held>();
  /** In the cache, by what the catalogue says of them. */
  readonly #keys = new Map<string, string>();
  /** In the order of their last use. */
  readonly #sounds = new Map<string, AlertSound>();
  readonly #soundsOfAnimations = new WeakMap<AlertAnimation, readonly AlertSound[]>();
  /** Gifts for whose animation there was no room. */
  readonly #lacked = new Set<string>();
  /** Files that cannot be used are not read again. */
  readonly #refused = new Map<string, Failure>();
  readonly #catalogue: Promise<void>;
  #kinds: ReadonlyMap<string, GiftKind> | undefined;
  #closed = false;

  constructor(options: {
    /** What `gifts/<file>` is resolved against. */
    readonly baseUrl: string;
    readonly onTrouble: (trouble: GiftTrouble) => void;
    /** They will be heard soon. */
    readonly onSounds: (sounds: readonly AlertSound[]) => void;
    readonly cacheBytes?: number;
  }) {
    this.#baseUrl = options.baseUrl;
    this.#onTrouble = options.onTrouble;
    this.#onSounds = options.onSounds;
    this.#cache = new AnimationCache(options.cacheBytes ?? usualCacheBytes);
    this.#catalogue = this.#readCatalogue();
  }

  /** Undefined while it loads; neither animation nor sound where there is none, or it was refused. */
  get(giftId: string): GiftShow | undefined {
    const kind = this.#kinds?.get(giftId);
    if (this.#kinds && !kind?.animation && !kind?.sound) return nothing;
    return this.#held.get(giftId)?.show;
  }

  /** An animation of it is there, or may still come. */
  expectsAnimation(giftId: string): boolean {
    const file = this.#kinds?.get(giftId)?.animation?.file;
    const show = this.#held.get(giftId)?.show;
    return file !== undefined && !this.#refused.has(file) && (!show || show.animation !== null);
  }

  /** Has these ready or makes them so, the first ones first, and lets all others go. */
  keep(giftIds: readonly string[]): void {
    const wanted = new Set(giftIds);
    for (const [giftId, held] of this.#held)
      if (!wanted.has(giftId)) {
        held.released = true;
        held.lease?.release();
        this.#held.delete(giftId);
      }
    for (const giftId of wanted) {
      if (this.#held.has(giftId)) continue;
      const held: Held = { show: undefined, lease: undefined, released: false };
      this.#held.set(giftId, held);
      const kind = this.#kinds?.get(giftId);
      if (!this.#reuse(kind, held)) void this.#load(giftId, held);
    }
  }

  /** Opens these before they are wanted, one after another: the cheapest come first and most often. They may be let go again. */
  async openCheapest(count: number, betweenMs: number): Promise<void> {
    await this.#catalogue;
    const kinds = [...(this.#kinds?.values() ?? [])].toSorted((a, b) => a.coins - b.coins);
    for (const { giftId, animation, sound } of kinds.slice(0, count)) {
      await delay(betweenMs);
      if (this.#closed) return;
      if (sound !== undefined && !this.#sounds.has(sound)) await this.#openSound(giftId, sound);
      if (animation && !this.#keys.has(JSON.stringify(animation)))
        (await this.#openAnimation(giftId, animation))?.release();
    }
  }

  /** The animation has turned out broken while it was shown. */
  refuse(giftId: string, error: Failure): void {
    const held = this.#held.get(giftId);
    const file = this.#kinds?.get(giftId)?.animation?.file;
    if (!held?.show || file === undefined) return;
    held.show = { ...held.show, animation: null };
    this.#refuse(giftId, file, error);
  }

  close(): void {
    this.#closed = true;
    this.keep([]);
    this.#cache.close();
  }

  async #readCatalogue(): Promise<void> {
    const read = await this.#read("catalogue.json", limits.jsonBytes);
    let kinds: readonly GiftKind[] = [];
    try {
      if (!read.ok) throw new Error(read.error.detail);
      kinds = GiftCatalogue.parse(JSON.parse(await read.value.text()));
    } catch (error) {
      console.error("the catalogue cannot be read: no gift has an animation", error);
    }
    this.#kinds = new Map(kinds.map((kind) => [kind.giftId, kind]));
  }

  /** What is still there is ready at once. */
  #reuse(kind: GiftKind | undefined, held: Held): boolean {
    if (!kind) return false;
    const { animation, sound } = kind;
    const heard = sound === undefined ? undefined : this.#sounds.get(sound);
    const key = animation && this.#keys.get(JSON.stringify(animation));
    if ((sound && !heard) || (animation && key === undefined)) return false;
    const lease = key === undefined ? undefined : this.#cache.take(key);
    if (animation && !lease) return false;
    this.#settle(kind, held, lease, heard);
    return true;
  }

  async #load(giftId: string, held: Held): Promise<void> {
    await this.#catalogue;
    const kind = this.#kinds?.get(giftId);
    if (!kind) return;
    const [lease, sound] = await Promise.all([
      kind.animation && this.#openAnimation(giftId, kind.animation),
      kind.sound === undefined ? undefined : this.#openSound(giftId, kind.sound),
    ]);
    if (held.released) lease?.release();
    else this.#settle(kind, held, lease, sound);
  }

  #settle(
    kind: GiftKind,
    held: Held,
    lease: AnimationLease | undefined,
    sound: AlertSound | undefined,
  ): void {
    const animation = lease?.animation ?? null;
    const sounds = sound ? [sound] : lease ? this.#soundsOf(kind, lease) : [];
    held.lease = lease;
    held.show = { animation, sounds };
    if (sounds.length > 0) this.#onSounds(sounds);
  }

  /** Of the animation's own file. */
  #soundsOf({ giftId, animation: wanted }: GiftKind, lease: AnimationLease): readonly AlertSound[] {
    const { key, animation } = lease;
    const known = this.#soundsOfAnimations.get(animation);
    if (known) return known;
    const sounds = animation.cues.map(({ sound, ...cue }, index) => ({
      ...cue,
      id: `${key}/${index}`,
      giftId,
      name: wanted?.file ?? "",
      file: new Blob([sound]),
    }));
    this.#soundsOfAnimations.set(animation, sounds);
    return sounds;
  }

  async #openAnimation(giftId: string, wanted: GiftAnimation): Promise<AnimationLease | undefined> {
    const { file, videoLayout, svgaSlots } = wanted;
    const read = await this.#read(file, limits.fileBytes);
    const opened = read.ok
      ? await this.#cache.open(new Uint8Array(await read.value.arrayBuffer()), {
          ...(videoLayout && { videoLayout }),
          ...(svgaSlots && { svgaSlots }),
        })
      : read;
    const first = opened.ok ? await opened.value.animation.prepare(0) : opened;
    if (!opened.ok || !first.ok) {
      if (opened.ok) opened.value.release();
      if (!first.ok) this.#refuse(giftId, file, first.error);
      return undefined;
    }
    this.#keys.set(JSON.stringify(wanted), opened.value.key);
    if (this.#lacked.delete(giftId)) this.#onTrouble({ giftId, file, error: null });
    return opened.value;
  }

  async #openSound(giftId: string, file: string): Promise<AlertSound | undefined> {
    const read = await this.#read(file, limits.soundBytes);
    if (!read.ok) {
      this.#refuse(giftId, file, read.error);
      return undefined;
    }
    const cue = { atMs: 0, offsetMs: 0, lengthMs: limits.longestMs };
    const sound = { ...cue, id: file, giftId, name: file, file: read.value };
    this.#sounds.delete(file);
    this.#sounds.set(file, sound);
    const [oldest] = this.#sounds.keys();
    if (this.#sounds.size > keptSounds && oldest !== undefined) this.#sounds.delete(oldest);
    return sound;
  }

  async #read(file: string, limitBytes: number): Promise<Result<Blob>> {
    const refused = this.#refused.get(file);
    if (refused) return { ok: false, error: refused };
    try {
      const answer = await fetch(new URL(`gifts/${file}`, this.#baseUrl));
      if (!answer.ok) return fail("alert.file_missing", `${file}: ${answer.status}`);
      const blob = await answer.blob();
      return blob.size > limitBytes
        ? fail("alert.file_too_large", `${file}: ${blob.size} bytes`)
        : succeed(blob);
    } catch (error) {
      return fail("alert.file_missing", `${file}: ${String(error)}`);
    }
  }

  #refuse(giftId: string, file: string, error: Failure): void {
    // There may be room, or time, the next time.
    if (error.code === "alert.no_room") this.#lacked.add(giftId);
    else this.#refused.set(file, error);
    this.#onTrouble({ giftId, file, error });
  }
}
