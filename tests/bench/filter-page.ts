/** The page of filters.ts: paints frames that were made before, by one painter of each kind. */
import { CanvasId, FilterId, PictureId, SourceId } from "../../preload/contract/ids.ts";
import { BlendMode } from "../../preload/contract/scene.ts";
import type { Filter } from "../../preload/contract/filter.ts";
import type { PainterKind } from "../../preload/contract/painter.ts";
import { personId } from "../../renderer/compositor/filters/filter-pixels.ts";
import { stripOf } from "../../renderer/compositor/filters/lut/lut-picture.ts";
import { lutOf } from "../../renderer/compositor/filters/lut/parse-cube.ts";
import { openPainter } from "../../renderer/compositor/open-painter.ts";
import type { Affine } from "../../renderer/compositor/affine.ts";
import { Compositor } from "../../renderer/compositor/compositor.ts";
import { dropContext, rendererOf } from "../../renderer/compositor/gl/webgl-painter.ts";
import type { DrawOp } from "../../renderer/compositor/plan.ts";
import { isSoftwareRenderer } from "../../renderer/compositor/probe-painter.ts";
import type { Picture } from "../../renderer/compositor/picture.ts";
import type { Painter } from "../../renderer/compositor/painter.ts";
import { PersonMasks } from "../../renderer/compositor/segmenter/person-masks.ts";
import { filterForms } from "../../renderer/scene/filters/filter-forms.ts";
import { usualTemplates } from "../../renderer/gifts/templates/built-in-templates.ts";
import { cameraSource, documentOfScenes } from "../fakes/documents.ts";

type PictureOp = Extract<DrawOp, { op: "picture" }>;

const [width, height] = [1280, 720];

/** Turns about the middle of the canvas. */
const turnAbout = (angleDeg: number): Affine => {
  const [cos, sin] = [Math.cos((angleDeg * Math.PI) / 180), Math.sin((angleDeg * Math.PI) / 180)];
  const [x, y] = [width / 2, height / 2];
  return { a: cos, b: sin, c: -sin, d: cos, e: x - cos * x + sin * y, f: y - sin * x - cos * y };
};

const begun = Object.entries(filterForms).map(([kind, form]): readonly [string, Filter] => [
  kind,
  { id: FilterId.parse(kind), kind, enabled: true, ...form.initial } as Filter,
]);
const filters = new Map<string, readonly Filter[]>([
  ["none", []],
  ...begun.map(([name, filter]) => [name, [filter]] as const),
]);
const lutId = PictureId.parse("0".repeat(64));
const strip = stripOf(lutOf(33, ([red, green, blue]) => [red ** 0.9, green, 0.1 + 0.9 * blue]));
/** Of the person below, about where they are. */
const mask = (): Picture => {
  const size = { width: 256, height: 144 };
  const data = new Uint8ClampedArray(size.width * size.height * 4).fill(255);
  for (let at = 0; at < size.width * size.height; at += 1) {
    const x = (at % size.width) * 5;
    const y = Math.floor(at / size.width) * 5;
    data.fill(Math.hypot((x - 650) / 260, (y - 400) / 330) < 1 ? 255 : 0, 4 * at, 4 * at + 3);
  }
  return {
    id: "mask",
    version: 1,
    ...size,
    pixels: { format: "RGBA", premultiplied: false, data },
  };
};
const filterPictures = new Map<string, Picture>([
  [
    lutId,
    {
      id: "lut",
      version: 1,
      width: strip.width,
      height: strip.height,
      pixels: { format: "RGBA", premultiplied: false, data: strip.data },
    },
  ],
  [personId, mask()],
]);
/** What is done to the whole picture in place of a filter. */
const placements = new Map<string, Pick<PictureOp, "blend" | "map">>([
  ...BlendMode.options
    .filter((mode) => mode !== "normal")
    .map((blend) => [`blend ${blend}`, { blend }] as const),
  ["turned by 7 degrees", { map: turnAbout(7) }],
]);
/** As they begin some do nothing. */
const busier: Readonly<Record<string, object>> = {
  colourCorrection: { contrast: 0.2, gamma: 0.3, saturation: 0.2 },
  lut: { pictureId: lutId },
  cropPad: { left: 31, top: 17, right: 40, bottom: 20 },
};
for (const [name, settings] of Object.entries(busier))
  filters.set(
    name,
    (filters.get(name) ?? []).map((filter) => ({ ...filter, ...settings })),
  );

/** A person's colours that move before a green screen, with a sensor's noise. */
const frameOf = (index: number): VideoFrame => {
  const half = (width * height) / 4;
  const bytes = new Uint8Array(width * height + 2 * half);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const isPerson = Math.hypot((x - 600 - index * 20) / 260, (y - 400) / 330) < 1;
      const noise = ((x * 7_919 + y * 104_729 + index * 31) % 13) - 6;
      bytes[y * width + x] = (isPerson ? 150 + 40 * Math.sin(y / 50) : 110 - y / 20) + noise;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const at = width * height + (y / 2) * (width / 2) + x / 2;
      bytes[at] = (isPerson ? 108 : 70) + (noise >> 2);
      bytes[at + half] = (isPerson ? 150 : 60) + (noise >> 2);
    }
  return new VideoFrame(bytes, {
    format: "I420",
    codedWidth: width,
    codedHeight: height,
    timestamp: index,
  });
};
const frames = Array.from({ length: 6 }, (_, index) => frameOf(index));

const painters = new Map<PainterKind, Promise<Painter>>();
let version = 0;
const pixels = new Uint8Array(64 * 1_024);

const paint = async (kind: PainterKind, name: string, count: number): Promise<number[]> => {
  const opened = painters.get(kind) ?? openPainter(kind, { width, height });
  painters.set(kind, opened);
  const painter = await opened;
  const placement = placements.get(name);
  const used = placement ? [] : filters.get(name);
  if (!used) throw new Error(`nothing is called ${name}`);
  const rect = { x: 0, y: 0, width, height };
  const wallMs: number[] = [];
  for (let index = 0; index < count; index += 1) {
    version += 1;
    const source = frames[version % frames.length];
    if (!source) throw new Error("no frame");
    const picture = { id: "camera", version, width, height, pixels: source };
    const startedMs = performance.now();
    const painted = await painter.paint(
      [
        { op: "clear", colour: "#405060" },
        {
          op: "picture",
          picture,
          from: rect,
          rect,
          opacity: 1,
          filters: used,
          filterPictures,
          ...placement,
        },
      ],
      { timestampUs: version, durationUs: 33_333 },
    );
    await painted.copyTo(pixels, { rect: { x: 0, y: 0, width: 16, height: 16 } });
    wallMs.push(performance.now() - startedMs);
    painted.close();
  }
  return wallMs;
};

const camera = SourceId.parse("camera");
let masks: PersonMasks | undefined;

/** People are looked for in 30 frames a second, for so long; how many masks came. */
const segment = async (lengthMs: number): Promise<number> => {
  if (!masks) {
    masks = new PersonMasks(() => undefined);
    const [background] = begun.flatMap(([, filter]) =>
      filter.kind === "background" ? [filter] : [],
    );
    const items = [{ source: cameraSource(), filters: background ? [background] : [] }];
    masks.follow(documentOfScenes({ show: items }), CanvasId.parse("main"));
  }
  const before = masks.masks;
  const endMs = performance.now() + lengthMs;
  while (performance.now() < endMs) {
    version += 1;
    const pixels = frames[version % frames.length];
    if (!pixels) throw new Error("no frame");
    masks.of(
      new Map([[camera, { id: "camera", version, width, height, pixels }]]),
      performance.now(),
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000 / 30));
  }
  return masks.masks - before;
};

/** A photograph of about 20 megapixels, as a JPEG file. */
const makePhotograph = async (): Promise<readonly number[]> => {
  const side = { width: 5_472, height: 3_648 };
  const canvas = new OffscreenCanvas(side.width, side.height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no context");
  const grain = new ImageData(456, 304);
  grain.data.forEach((_, at) => (grain.data[at] = at % 4 === 3 ? 255 : Math.random() * 255));
  context.drawImage(await createImageBitmap(grain), 0, 0, side.width, side.height);
  const file = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  return [...new Uint8Array(await file.arrayBuffer())];
};

const untilMs = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * The compositor of a camera before a background, 30 times a second. How many of its frames were lost (the one before was
 * repeated) in `lengthMs` as it is, and in as long from when the background becomes the picture `pictureId`.
 */
const takePicture = async (
  pictureId: string,
  lengthMs: number,
): Promise<{ readonly calm: number; readonly taking: number }> => {
  const [first] = begun.flatMap(([, filter]) => (filter.kind === "background" ? [filter] : []));
  if (!first) throw new Error("no background filter");
  const documentWith = (filter: Partial<typeof first>) =>
    documentOfScenes(
      {
        show: [
          { source: { ...cameraSource(), width, height }, filters: [{ ...first, ...filter }] },
        ],
      },
      { width, height },
    );
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width, height } });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error("no camera");
  let repeatedFrames = 0;
  let told: () => void = () => undefined;
  const segmenting = Promise.withResolvers<void>();
  const compositor = new Compositor({
    canvasId: CanvasId.parse("main"),
    document: documentWith({ mode: "colour" }),
    locale: "en",
    painter: "cpu",
    alertRules: [],
    alertTemplates: usualTemplates,
    onSize: () => undefined,
    onStats: (stats) => {
      ({ repeatedFrames } = stats);
      told();
    },
    onAlertCue: () => undefined,
    onGiftTrouble: () => undefined,
    onPainter: () => undefined,
    onSegmenter: ({ state }) => {
      if (state === "running") segmenting.resolve();
    },
    onProbed: () => undefined,
    onAlertScene: () => undefined,
    onTrackReplaced: () => undefined,
  });
  // Somebody takes the programme's frames.
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([compositor.programmeTrack]);
  await video.play();
  compositor.attach(camera, { type: "track", track });
  await segmenting.promise;
  await untilMs(3_000);
  /** As told next, once a second. */
  const count = async (): Promise<number> => {
    await new Promise<void>((done) => (told = done));
    return repeatedFrames;
  };
  const begin = await count();
  await untilMs(lengthMs);
  const middle = await count();
  compositor.setDocument(documentWith({ mode: "picture", pictureId: PictureId.parse(pictureId) }));
  await untilMs(lengthMs);
  const end = await count();
  compositor.close();
  video.srcObject = null;
  track.stop();
  return { calm: middle - begin, taking: end - middle };
};

/** Who does WebGL2 here. */
const readGlRenderer = (): string => {
  const gl = new OffscreenCanvas(16, 16).getContext("webgl2");
  if (!gl) return "none";
  const name = rendererOf(gl);
  dropContext(gl);
  return name;
};
const glRenderer = readGlRenderer();

declare global {
  var filterBench: {
    readonly names: readonly string[];
    readonly glRenderer: string;
    readonly softwareGl: boolean;
    readonly paint: typeof paint;
    readonly segment: typeof segment;
    readonly makePhotograph: typeof makePhotograph;
    readonly takePicture: typeof takePicture;
  };
}
globalThis.filterBench = {
  names: [...filters.keys(), ...placements.keys()],
  glRenderer,
  softwareGl: isSoftwareRenderer(glRenderer),
  paint,
  segment,
  makePhotograph,
  takePicture,
};
