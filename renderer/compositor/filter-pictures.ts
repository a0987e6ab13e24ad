import { pictureOfFilter } from "../../preload/contract/filter.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import { contextOf } from "./canvas-context.ts";
import { type Picture, pictureOfCanvas } from "./picture.ts";

/** The pictures that the document's filters need, fetched once each and kept as long as one needs them. */
export class FilterPictures {
  readonly #baseUrl: string;
  /** Null while it is fetched, or where it could not be. */
  readonly #pictures = new Map<string, Picture | null>();
  readonly #closing = new AbortController();

  /** Pictures are at `pictures/<id>` there. */
  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Those that are there. */
  get ready(): ReadonlyMap<string, Picture> {
    return new Map(
      [...this.#pictures].flatMap(([id, picture]) => (picture ? [[id, picture]] : [])),
    );
  }

  follow(document: SceneDocument): void {
    const wanted = new Set(
      document.scenes.flatMap(({ items }) =>
        items.flatMap(({ filters }) =>
          filters.flatMap((filter) => {
            const pictureId = pictureOfFilter(filter);
            return filter.enabled && pictureId !== null ? [pictureId] : [];
          }),
        ),
      ),
    );
    for (const id of this.#pictures.keys())
      if (![...wanted].some((other) => other === id)) this.#pictures.delete(id);
    for (const id of wanted) {
      if (this.#pictures.has(id)) continue;
      this.#pictures.set(id, null);
      this.#fetch(id).catch((error: unknown) =>
        // The window shows which filter lacks its picture.
        console.warn(`the picture ${id} of a filter cannot be used`, error),
      );
    }
  }

  close(): void {
    this.#closing.abort();
    this.#pictures.clear();
  }

  async #fetch(id: string): Promise<void> {
    const { signal } = this.#closing;
    const answer = await fetch(new URL(`pictures/${id}`, this.#baseUrl), { signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const bitmap = await createImageBitmap(await answer.blob(), {
      premultiplyAlpha: "none",
      colorSpaceConversion: "none",
    });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    contextOf(canvas).drawImage(bitmap, 0, 0);
    bitmap.close();
    if (signal.aborted || !this.#pictures.has(id)) return;
    this.#pictures.set(id, pictureOfCanvas(canvas, { id: `filter ${id}`, version: 1 }));
  }
}
