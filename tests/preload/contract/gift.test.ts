import { describe, expect, test } from "vitest";
import { GiftFile, GiftKind } from "../../../preload/contract/gift.ts";

const rose = { giftId: "rose", name: { "zh-CN": "玫瑰", en: "Rose" }, coins: 5, tier: "small" };

describe("a gift of the catalogue", () => {
  test("needs no animation and no sound", () => {
    expect(GiftKind.parse(rose)).toEqual(rose);
  });

  test("has an animation by its file, and what the file does not say itself", () => {
    const animated = {
      ...rose,
      animation: {
        file: "rose.mp4",
        videoLayout: "alphaTop",
        svgaSlots: { img_4: "avatar", img_5: "name" },
      },
      sound: "rose.m4a",
    };
    expect(GiftKind.parse(animated)).toEqual(animated);
  });

  test.each([
    "../key.pem",
    "a/b.svga",
    "a\\b.svga",
    ".svga",
    "rose",
    "rose.",
    "https://x.y/z.webp",
  ])("has no file %s", (file) => {
    expect(GiftFile.safeParse(file).success).toBe(false);
  });
});
