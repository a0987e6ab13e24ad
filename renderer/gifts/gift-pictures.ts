const maxKept = 64;

/** Gift pictures for the compositor worker, fetched when first asked for; the least recently used is let go. */
export class GiftPictures {
  readonly #baseUrl: string;
  /** Undefined while it loads, null where there is none. In the order of last use. */
  readonly #pictures = new Map<string, ImageBitmap | null | undefined>();

  /** @param baseUrl what `gifts/<giftId>.png` is resolved against */
  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Undefined while it loads, null where there is no such picture. */
  get(giftId: string): ImageBitmap | null | undefined {
    const known = this.#pictures.get(giftId);
    if (!this.#pictures.has(giftId)) {
      this.#pictures.set(giftId, undefined);
      void this.#load(giftId);
    } else {
      this.#pictures.delete(giftId);
      this.#pictures.set(giftId, known);
    }
    for (const [oldest, picture] of this.#pictures) {
      if (this.#pictures.size <= maxKept) break;
      picture?.close();
      this.#pictures.delete(oldest);
    }
    return known;
  }

  async #load(giftId: string): Promise<void> {
    let picture: ImageBitmap | null = null;
    try {
      const answer = await fetch(new URL(`gifts/${giftId}.png`, this.#baseUrl));
      if (answer.ok) picture = await createImageBitmap(await answer.blob());
    } catch (error) {
      // A gift without its picture is still shown, with the drawn box.
      console.warn(`no picture of gift ${giftId}`, error);
    }
    if (this.#pictures.has(giftId)) this.#pictures.set(giftId, picture);
    else picture?.close();
  }
}
