import { pictureOfFilter } from "../../preload/contract/filter.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { ReadCommand, ReadReport } from "./filter-picture-reader.ts";
import type { Picture } from "./picture.ts";

/** The part of `Worker` in use. */
export interface PictureReader {
  postMessage(command: ReadCommand, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: { data: ReadReport }) => void): void;
  addEventListener(
    type: "error",
    listener: (event: { readonly message: string; preventDefault(): void }) => void,
  ): void;
  terminate(): void;
}

const openReader = (): PictureReader =>
  new Worker(new URL("./filter-picture-reader.ts", import.meta.url), { type: "module" });

/** The pictures that the document's filters need, read once each and kept as long as one needs them. */
export class FilterPictures {
  readonly #baseUrl: string;
  readonly #open: () => PictureReader;
  /** Null while it is read, or where it could not be. */
  readonly #pictures = new Map<string, Picture | null>();
  /** There while it has something to read. */
  #reader: PictureReader | undefined;
  readonly #asked = new Set<string>();

  /** Pictures are at `pictures/<id>` there. */
  constructor(baseUrl: string, open = openReader) {
    this.#baseUrl = baseUrl;
    this.#open = open;
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
      this.#ask(id);
    }
  }

  close(): void {
    this.#endReader();
    this.#pictures.clear();
  }

  #ask(id: string): void {
    if (this.#asked.has(id)) return;
    this.#reader ??= this.#startReader();
    this.#asked.add(id);
    this.#reader.postMessage({ id, url: new URL(`pictures/${id}`, this.#baseUrl).href }, []);
  }

  #startReader(): PictureReader {
    const reader = this.#open();
    reader.addEventListener("message", ({ data }) => {
      if (reader === this.#reader) this.#take(data);
    });
    reader.addEventListener("error", (event) => {
      // Else it is an error of the compositor worker's too, which would be made anew.
      event.preventDefault();
      if (reader !== this.#reader) return;
      console.warn(`the pictures of filters cannot be read: ${event.message}`);
      this.#endReader();
    });
    return reader;
  }

  #endReader(): void {
    this.#reader?.terminate();
    this.#reader = undefined;
    this.#asked.clear();
  }

  #take(report: ReadReport): void {
    const { id } = report;
    this.#asked.delete(id);
    if (report.type === "failed")
      // The window shows which filter lacks its picture.
      console.warn(`the picture ${id} of a filter cannot be used: ${report.reason}`);
    else if (this.#pictures.has(id)) {
      const { width, height, data } = report;
      const pixels = { format: "RGBA", premultiplied: false, data } as const;
      this.#pictures.set(id, { id: `filter ${id}`, version: 1, width, height, pixels });
    }
    if (this.#asked.size === 0) this.#endReader();
  }
}
