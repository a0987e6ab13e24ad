import type { Picture } from "../../compositor/picture.ts";

/** How many are kept: each place that shows one asks for it more than once. */
export const keptPictures = 4;

/** The last pictures that were made for a sender, by their ids. */
export class PictureMemo {
  /** In the order of their last use. */
  readonly #pictures = new Map<string, Picture>();

  get(id: string, make: (id: string) => Picture): Picture {
    const picture = this.#pictures.get(id) ?? make(id);
    this.#pictures.delete(id);
    this.#pictures.set(id, picture);
    const [oldest] = this.#pictures.keys();
    if (this.#pictures.size > keptPictures && oldest !== undefined) this.#pictures.delete(oldest);
    return picture;
  }

  close(): void {
    this.#pictures.clear();
  }
}
