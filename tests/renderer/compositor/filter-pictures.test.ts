import { afterEach, expect, test, vi } from "vitest";
import { PictureId } from "../../../preload/contract/ids.ts";
import type {
  ReadCommand,
  ReadReport,
} from "../../../renderer/compositor/filter-picture-reader.ts";
import {
  FilterPictures,
  type PictureReader,
} from "../../../renderer/compositor/filter-pictures.ts";
import { newFilter } from "../../../renderer/scene/filters/new-filter.ts";
import { colourSource, documentOfScenes } from "../../fakes/documents.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

class FakeReader implements PictureReader {
  readonly asked: ReadCommand[] = [];
  isEnded = false;
  readonly #events = new EventTarget();

  postMessage(command: ReadCommand): void {
    this.asked.push(command);
  }
  addEventListener(type: "message" | "error", listener: (event: never) => void): void {
    this.#events.addEventListener(type, listener as unknown as EventListener);
  }
  terminate(): void {
    this.isEnded = true;
  }
  report(data: ReadReport): void {
    this.#events.dispatchEvent(new MessageEvent("message", { data }));
  }
  read(id: string): void {
    this.report({ type: "read", id, width: 1, height: 1, data: new Uint8ClampedArray(4) });
  }
  /** Answers whether the error goes on to whoever started the worker. */
  fail(): boolean {
    const event = new Event("error", { cancelable: true });
    return this.#events.dispatchEvent(Object.assign(event, { message: "no memory" }));
  }
}

const [red, blue] = ["a", "b"].map((letter) => PictureId.parse(letter.repeat(64)));
const showing = (...ids: readonly (PictureId | undefined)[]) =>
  documentOfScenes({
    show: ids.map((pictureId, nth) => ({
      source: colourSource(`source-${nth}`, "#000000", 8, 8),
      filters: [
        { ...newFilter("background"), mode: "picture" as const, pictureId: pictureId ?? null },
      ],
    })),
  });
const start = () => {
  const readers: FakeReader[] = [];
  const pictures = new FilterPictures("http://studio.test/", () => {
    const reader = new FakeReader();
    readers.push(reader);
    return reader;
  });
  return { pictures, readers, ready: () => [...pictures.ready.keys()] };
};

test("each picture is read once, by a worker that is there while there is something to read", () => {
  const { pictures, readers, ready } = start();
  pictures.follow(showing(red, blue, red));
  pictures.follow(showing(red, blue));
  expect(readers).toHaveLength(1);
  expect(readers[0]?.asked).toEqual([
    { id: red, url: `http://studio.test/pictures/${red}` },
    { id: blue, url: `http://studio.test/pictures/${blue}` },
  ]);
  readers[0]?.read(String(red));
  expect(ready()).toEqual([red]);
  expect(readers[0]?.isEnded).toBe(false);
  readers[0]?.read(String(blue));
  expect(ready()).toEqual([red, blue]);
  expect(readers[0]?.isEnded).toBe(true);
  pictures.follow(showing(blue));
  expect(ready()).toEqual([blue]);
  expect(readers).toHaveLength(1);
});

test("what nobody wants any more when it has been read is dropped", () => {
  const { pictures, readers, ready } = start();
  pictures.follow(showing(red));
  pictures.follow(showing());
  pictures.follow(showing(red));
  expect(readers[0]?.asked).toHaveLength(1);
  pictures.follow(showing());
  readers[0]?.read(String(red));
  expect(ready()).toEqual([]);
  pictures.follow(showing(red));
  expect(readers).toHaveLength(2);
});

test("one that cannot be read, and a reader that dies, leave the others", () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const { pictures, readers, ready } = start();
  pictures.follow(showing(red, blue));
  readers[0]?.report({ type: "failed", id: String(red), reason: "status 404" });
  expect(warn).toHaveBeenCalledWith(expect.stringContaining("status 404"));
  readers[0]?.read(String(blue));
  expect(ready()).toEqual([blue]);
  pictures.follow(showing(blue));
  pictures.follow(showing(red, blue));
  expect(readers[1]?.fail()).toBe(false);
  expect(readers[1]?.isEnded).toBe(true);
  expect(ready()).toEqual([blue]);
});

test("closing ends what is being read", () => {
  const { pictures, readers, ready } = start();
  pictures.follow(showing(red));
  pictures.close();
  expect(readers[0]?.isEnded).toBe(true);
  readers[0]?.read(String(red));
  expect(ready()).toEqual([]);
});
