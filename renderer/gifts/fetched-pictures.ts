const maxKept = 64;

/** Pictures of the app's own paths, fetched when first asked for; the least recently used is let go. */
export class FetchedPictures {
  readonly #baseUrl: string;
  /** Undefined while it loads, null where there is none. In the order of last use. */
  readonly #pictures = new Map<string, ImageBitmap | null | undefined>();

  /** @param baseUrl what paths are resolved against */
  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Undefined while it loads, null where there is no such picture. */
  get(path: string): ImageBitmap | null | undefined {
    const known = this.#pictures.get(path);
    if (!this.#pictures.has(path)) {
      this.#pictures.set(path, undefined);
      void this.#load(path);
    } else {
      this.#pictures.delete(path);
      this.#pictures.set(path, known);
    }
    for (const [oldest, picture] of this.#pictures) {
      if (this.#pictures.size <= maxKept) break;
      picture?.close();
      this.#pictures.delete(oldest);
    }
    return known;
  }

  async #load(path: string): Promise<void> {
    let picture: ImageBitmap | null = null;
    try {
      const answer = await fetch(new URL(path, this.#baseUrl));
      if (answer.ok) picture = await createImageBitmap(await answer.blob());
    } catch (error) {
      // What has it is still shown, without it.
      console.warn(`no picture at ${path}`, error);
    }
    if (this.#pictures.has(path)) this.#pictures.set(path, picture);
    else picture?.close();
  }
}
