import { z } from "zod";
import type { VideoLayout } from "../../../../preload/contract/gift.ts";
import { fail, type Result, succeed } from "../../../../preload/contract/result.ts";
import type { Rect } from "../../../compositor/picture.ts";
import { limits } from "../limits.ts";
import type { Slot } from "../slot-picture.ts";

/** A slot in one frame. */
export interface SlotPlace {
  readonly slot: Slot;
  /** In the shown picture. */
  readonly rect: Rect;
  /** In the coded picture: its red is the slot's alpha. */
  readonly mask: Rect;
  /** The mask lies on its side and is turned by a quarter to the right. */
  readonly isMaskTurned: boolean;
}

/** How a coded picture is put together; rectangles in the coded picture. */
export interface VideoPlan {
  readonly width: number;
  readonly height: number;
  readonly colours: Rect;
  /** May be smaller than the colours. Null where the video has none. */
  readonly alpha: Rect | null;
  /** By the frame's index, from back to front. */
  readonly places: ReadonlyMap<number, readonly SlotPlace[]>;
}

/** How often all slots of one frame together may cover the picture. */
export const slotsOfPicture = 2;

const side = z.number().int().min(1).max(limits.codedSidePx);
const offset = z.number().int().min(0).max(limits.codedSidePx);
const inPicture = z.tuple([offset, offset, side, side]);
/** May begin outside of what is shown. */
const inShown = z.tuple([
  z.number().int().min(-limits.codedSidePx).max(limits.codedSidePx),
  z.number().int().min(-limits.codedSidePx).max(limits.codedSidePx),
  side,
  side,
]);

/** The JSON in VAP's box: https://github.com/Tencent/vap, AnimConfig.kt, Src.kt and Frame.kt of its Android player. */
const Vapc = z.object({
  info: z.object({
    v: z.literal(2),
    f: z.number().int().min(1).max(limits.frames),
    w: side,
    h: side,
    videoW: side,
    videoH: side,
    aFrame: inPicture,
    rgbFrame: inPicture,
  }),
  src: z
    .array(
      z.object({
        srcId: z.coerce.string().max(64),
        srcType: z.string().max(16),
        srcTag: z.string().max(256).catch(""),
        color: z
          .string()
          .regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/i)
          .catch("#000000"),
        style: z.string().max(16).catch(""),
        fitType: z.string().max(16).catch(""),
      }),
    )
    .max(limits.parts)
    .default([]),
  frame: z
    .array(
      z.object({
        i: z.number().int().min(0).max(limits.frames),
        obj: z
          .array(
            z.object({
              srcId: z.coerce.string().max(64),
              z: z.number().catch(0),
              frame: inShown,
              mFrame: inPicture,
              mt: z.number().catch(0),
            }),
          )
          .max(limits.slotsInFrame),
      }),
    )
    .max(limits.frames)
    .default([]),
});

const rectOf = ([x, y, width, height]: readonly [number, number, number, number]): Rect => ({
  x,
  y,
  width,
  height,
});

const isWithin = (rect: Rect, width: number, height: number): boolean =>
  rect.x + rect.width <= width && rect.y + rect.height <= height;

/** Android's colours have their alpha first; the alpha of a text's colour is not in use. */
const colourOf = (text: string): string => `#${text.slice(-6).toLowerCase()}`;

/** Names that a VAP's slot has where it is meant for the anchor, not for the sender. */
const forAnchor = /anchor|主播/i;

const planOfVapc = (
  vapc: z.infer<typeof Vapc>,
  width: number,
  height: number,
): Result<VideoPlan> => {
  const { info } = vapc;
  const colours = rectOf(info.rgbFrame);
  const alpha = rectOf(info.aFrame);
  if (!isWithin(colours, width, height) || !isWithin(alpha, width, height))
    return fail("alert.file_broken", "vapc: colours or alpha outside of the video");
  if (colours.width > limits.sidePx || colours.height > limits.sidePx)
    return fail("alert.file_too_large", `${colours.width} x ${colours.height} pixels`);
  const slots = new Map<string, Slot>();
  for (const { srcId, srcType, srcTag, color, style, fitType } of vapc.src)
    if ((srcType === "txt" || srcType === "img") && !forAnchor.test(srcTag))
      slots.set(srcId, {
        kind: srcType === "txt" ? "text" : "picture",
        colour: colourOf(color),
        isBold: style === "b",
        covers: fitType === "centerFull",
      });
  const scaleX = colours.width / info.w;
  const scaleY = colours.height / info.h;
  const places = new Map<number, readonly SlotPlace[]>();
  for (const { i, obj } of vapc.frame) {
    const inFrame: SlotPlace[] = [];
    let pixels = 0;
    for (const { srcId, frame, mFrame, mt } of obj.toSorted((a, b) => a.z - b.z)) {
      const slot = slots.get(srcId);
      const mask = rectOf(mFrame);
      if (!isWithin(mask, width, height))
        return fail("alert.file_broken", `vapc: a mask outside of the video in frame ${i}`);
      const rect = {
        x: Math.round(frame[0] * scaleX),
        y: Math.round(frame[1] * scaleY),
        width: Math.max(1, Math.round(frame[2] * scaleX)),
        height: Math.max(1, Math.round(frame[3] * scaleY)),
      };
      if (Math.max(rect.width, rect.height) > limits.codedSidePx)
        return fail(
          "alert.file_too_large",
          `vapc: a slot of ${rect.width} x ${rect.height} pixels`,
        );
      pixels += rect.width * rect.height;
      if (pixels > slotsOfPicture * colours.width * colours.height)
        return fail("alert.file_too_large", `vapc: ${pixels} pixels of slots in frame ${i}`);
      if (slot) inFrame.push({ slot, rect, mask, isMaskTurned: mt === 90 });
    }
    places.set(i, inFrame);
  }
  return succeed({ width: colours.width, height: colours.height, colours, alpha, places });
};

/** Reads the body of a `vapc` box, for a video of these coded pixels. */
export const readVapc = (body: Uint8Array, width: number, height: number): Result<VideoPlan> => {
  if (body.length > limits.jsonBytes)
    return fail("alert.file_too_large", `${body.length} bytes of vapc`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    return fail("alert.file_broken", `vapc: ${error instanceof Error ? error.message : "no JSON"}`);
  }
  const parsed = Vapc.safeParse(json);
  return parsed.success
    ? planOfVapc(parsed.data, width, height)
    : fail("alert.file_broken", `vapc: ${z.prettifyError(parsed.error)}`);
};

/** Of a video without such a box. */
export const planOfLayout = (
  layout: VideoLayout,
  codedWidth: number,
  codedHeight: number,
): Result<VideoPlan> => {
  const beside = layout === "alphaLeft" || layout === "alphaRight";
  const above = layout === "alphaTop" || layout === "alphaBottom";
  const width = beside ? Math.floor(codedWidth / 2) : codedWidth;
  const height = above ? Math.floor(codedHeight / 2) : codedHeight;
  if (width > limits.sidePx || height > limits.sidePx)
    return fail("alert.file_too_large", `${width} x ${height} pixels`);
  const first = { x: 0, y: 0, width, height };
  const second = { x: beside ? width : 0, y: above ? height : 0, width, height };
  const isAlphaFirst = layout === "alphaLeft" || layout === "alphaTop";
  return succeed({
    width,
    height,
    colours: isAlphaFirst ? second : first,
    alpha: layout === "opaque" ? null : isAlphaFirst ? first : second,
    places: new Map(),
  });
};
