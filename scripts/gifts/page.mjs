// Draws one design in the browser, for make.mjs.
import { loadArt } from "./art.mjs";
import { codedPicture } from "./coded-picture.mjs";
import { writeLottie } from "./lottie-writer.mjs";

const artsOf = async (art = {}) =>
  new Map(
    await Promise.all(
      Object.entries(art).map(async ([name, [path, scale]]) => [name, await loadArt(path, scale)]),
    ),
  );

const send = async (bytes) => {
  const answer = await fetch("/frame", { method: "POST", body: bytes });
  if (!answer.ok) throw new Error(await answer.text());
};

const drawFrames = async (design, arts, plan) => {
  const { width, height, fps, seconds } = design;
  const frame = new OffscreenCanvas(width, height);
  const context = frame.getContext("2d", { willReadFrequently: true });
  const art = Object.fromEntries(arts);
  const places = [];
  for (let index = 0; index < Math.round(seconds * fps); index += 1) {
    const time = index / fps;
    context.reset();
    context.imageSmoothingQuality = "high";
    design.draw(context, time, art);
    const shown = (design.slots ?? []).flatMap(({ id, at }) => {
      const place = at(time);
      return place ? [{ id, ...place }] : [];
    });
    places.push(shown.map(({ id, rect }) => ({ id, rect: rect.map(Math.round) })));
    await send(
      codedPicture(frame, { ...design, plan }, (sheet) => {
        for (const { id, mask } of shown) {
          const [x, y, w, h] = plan.masks[id];
          sheet.save();
          sheet.beginPath();
          sheet.rect(x, y, w, h);
          sheet.clip();
          sheet.translate(x, y);
          mask(sheet, w, h);
          sheet.restore();
        }
      }),
    );
  }
  return { places };
};

const base64Of = async (canvas) => {
  const bytes = new Uint8Array(
    await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer(),
  );
  return bytes.toBase64();
};

const spritesOf = async (design, arts) => {
  const { fps, seconds, parts } = design;
  const frames = Math.round(seconds * fps);
  const pictures = {};
  for (const [name, { canvas }] of arts) pictures[name] = await base64Of(canvas);
  const sprites = parts.map((part) => {
    const box = arts.get(part.art)?.box;
    const [pivotX, pivotY] = part.pivot ?? [128, 128];
    const [left, top] = box ? [box.x - pivotX, box.y - pivotY] : [-pivotX, -pivotY];
    return {
      key: part.art,
      frames: Array.from({ length: frames }, (_, index) => {
        const pose = part.at(index / fps);
        if (!pose || !((pose.alpha ?? 1) > 0.004)) return {};
        const { x, y, angle = 0, alpha = 1, scale = 1, scaleX = scale, scaleY = scale } = pose;
        const matrix = new DOMMatrix()
          .translate(x, y)
          .rotate((angle * 180) / Math.PI)
          .scale(scaleX, scaleY)
          .translate(left, top);
        return {
          alpha: Math.min(1, alpha),
          size: part.size ?? (box ? [box.width, box.height] : undefined),
          transform: [matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f],
          clip: part.clip,
          shapes: part.shapes?.(index / fps),
        };
      }),
    };
  });
  return { movie: { width: design.width, height: design.height, fps, frames, sprites }, pictures };
};

/** @returns what make.mjs writes, beside the frames that were sent */
globalThis.drawDesign = async (name, plan) => {
  const { design } = await import(`./designs/${name}.mjs`);
  const arts = await artsOf(design.art);
  if (design.format === "svga") return spritesOf(design, arts);
  if (design.format === "lottie" || design.format === "dotlottie")
    return { lottie: writeLottie(design, arts) };
  return drawFrames(design, arts, plan);
};
