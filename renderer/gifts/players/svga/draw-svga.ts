import { contextOf } from "../../../compositor/canvas-context.ts";
import { drawSlot, type Slot } from "../slot-picture.ts";
import type { Size } from "../../../../preload/contract/geometry.ts";
import type { AlertSender } from "../player.ts";
import type {
  SvgaColour,
  SvgaFrame,
  SvgaMovie,
  SvgaShape,
  SvgaSprite,
  SvgaTransform,
} from "./svga-movie.ts";

type Context = OffscreenCanvasRenderingContext2D;

export interface SvgaScene {
  readonly movie: SvgaMovie;
  readonly pictures: ReadonlyMap<string, ImageBitmap>;
  /** By image key. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** Of the drawn picture to the movie's coordinates. */
  readonly scale: number;
  readonly canvas: OffscreenCanvas;
  /** What is masked, and its mask; of the canvas's size. */
  readonly masked: OffscreenCanvas;
  readonly mask: OffscreenCanvas;
}

const matte = ".matte";
export const isMatte = ({ imageKey }: SvgaSprite): boolean => imageKey.endsWith(matte);
export const pictureKeyOf = ({ imageKey }: SvgaSprite): string =>
  imageKey.endsWith(matte) ? imageKey.slice(0, -matte.length) : imageKey;

const colourOf = ([r, g, b, a]: SvgaColour): string =>
  `rgba(${[r, g, b].map((part) => Math.round(part * 255)).join()}, ${a})`;

const apply = (context: Context, { a, b, c, d, tx, ty }: SvgaTransform): void =>
  context.transform(a, b, c, d, tx, ty);

const pathOf = ({ outline }: SvgaShape): Path2D => {
  if (outline.kind === "path") return new Path2D(outline.d);
  const path = new Path2D();
  const { x, y } = outline;
  if (outline.kind === "ellipse")
    path.ellipse(x, y, Math.abs(outline.radiusX), Math.abs(outline.radiusY), 0, 0, 2 * Math.PI);
  else path.roundRect(x, y, outline.width, outline.height, Math.max(0, outline.cornerRadius));
  return path;
};

const drawShape = (context: Context, shape: SvgaShape): void => {
  const { style, transform } = shape;
  context.save();
  apply(context, transform);
  const path = pathOf(shape);
  if (style.fill) {
    context.fillStyle = colourOf(style.fill);
    context.fill(path);
  }
  if (style.stroke && style.strokeWidth > 0) {
    context.strokeStyle = colourOf(style.stroke);
    context.lineWidth = style.strokeWidth;
    context.lineCap = style.lineCap;
    context.lineJoin = style.lineJoin;
    // Zero leaves canvas's own.
    context.miterLimit = style.miterLimit;
    if (style.dash > 0 || style.gap > 0)
      context.setLineDash([Math.max(0, style.dash), Math.max(0, style.gap)]);
    context.lineDashOffset = style.dashOffset;
    context.stroke(path);
  }
  context.restore();
};

/** How large a sprite's picture is drawn: what the frame does not say is the picture's own. */
export const sizeOfPicture = ({ layout }: SvgaFrame, picture: Size | undefined): Size => ({
  width: layout.width || (picture?.width ?? 0),
  height: layout.height || (picture?.height ?? 0),
});

const drawPicture = (
  context: Context,
  scene: SvgaScene,
  key: string,
  frame: SvgaFrame,
  sender: AlertSender | undefined,
): void => {
  const { layout } = frame;
  const picture = scene.pictures.get(key);
  const slot = sender && scene.slots.get(key);
  const { width, height } = sizeOfPicture(frame, picture);
  if (picture && slot?.kind !== "picture")
    context.drawImage(picture, layout.x, layout.y, width, height);
  if (!slot || width < 1 || height < 1) return;
  context.save();
  context.translate(layout.x, layout.y);
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  drawSlot(context, slot, sender, { width, height });
  context.restore();
};

const drawSprite = (
  context: Context,
  scene: SvgaScene,
  sprite: SvgaSprite,
  index: number,
  sender: AlertSender | undefined,
): void => {
  const frame = sprite.frames[index];
  if (!frame || frame.alpha <= 0) return;
  context.save();
  context.scale(scene.scale, scene.scale);
  context.globalAlpha = Math.min(1, frame.alpha);
  apply(context, frame.transform);
  if (frame.clipPath) context.clip(new Path2D(frame.clipPath));
  drawPicture(context, scene, pictureKeyOf(sprite), frame, sender);
  for (const shape of frame.shapes) drawShape(context, shape);
  context.restore();
};

const cleared = (canvas: OffscreenCanvas): Context => {
  const context = contextOf(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  return context;
};

/** Sprites that follow each other under the same mask are masked as one. */
const groupsOf = (sprites: readonly SvgaSprite[]): readonly (readonly SvgaSprite[])[] => {
  const groups: SvgaSprite[][] = [];
  for (const sprite of sprites) {
    if (isMatte(sprite)) continue;
    const last = groups.at(-1);
    if (last && sprite.matteKey !== "" && last[0]?.matteKey === sprite.matteKey) last.push(sprite);
    else groups.push([sprite]);
  }
  return groups;
};

/** Draws one frame onto the scene's canvas. */
export const drawSvga = (
  scene: SvgaScene,
  index: number,
  sender: AlertSender | undefined,
): void => {
  const { sprites } = scene.movie;
  const context = cleared(scene.canvas);
  for (const group of groupsOf(sprites)) {
    const matteKey = group[0]?.matteKey ?? "";
    const mask = sprites.find((sprite) => isMatte(sprite) && sprite.imageKey === matteKey);
    if (!mask) {
      for (const sprite of group) drawSprite(context, scene, sprite, index, sender);
      continue;
    }
    const masked = cleared(scene.masked);
    for (const sprite of group) drawSprite(masked, scene, sprite, index, sender);
    drawSprite(cleared(scene.mask), scene, mask, index, sender);
    masked.globalCompositeOperation = "destination-in";
    masked.drawImage(scene.mask, 0, 0);
    masked.globalCompositeOperation = "source-over";
    context.drawImage(scene.masked, 0, 0);
  }
};
