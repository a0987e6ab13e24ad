import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VideoProfile } from "../../../preload/contract/settings.ts";
import {
  chooseCodec,
  contentHintOf,
  encodingsFor,
} from "../../../renderer/uplink/video-profile.ts";
import {
  cameraSource,
  documentOf,
  documentOfScenes,
  type ItemAt,
  sceneSource,
} from "../../fakes/documents.ts";

const codec = (mimeType: string, parameters: Record<string, unknown> = {}) => ({
  kind: "video" as const,
  mimeType,
  parameters,
});
const h264 = (profile: string, mode: number) =>
  codec("video/H264", { "profile-level-id": profile, "packetization-mode": mode });

describe("the codec", () => {
  test("H264 is constrained baseline in packetization mode 1 where that is offered", () => {
    const best = h264("42e01f", 1);
    const offered = [
      codec("video/VP8"),
      h264("42e01f", 0),
      h264("4d001f", 1),
      best,
      h264("42001f", 1),
    ];
    expect(chooseCodec("h264", offered)).toBe(best);
    expect(chooseCodec("h264", [h264("42e01f", 0), h264("42001f", 1)])).toMatchObject({
      parameters: { "profile-level-id": "42001f" },
    });
  });

  test("VP8 is VP8, with one layer or more", () => {
    const vp8 = codec("video/VP8");
    expect(chooseCodec("vp8", [h264("42e01f", 1), vp8])).toBe(vp8);
    expect(chooseCodec("vp8Simulcast", [vp8])).toBe(vp8);
  });

  test("VP9 and AV1 are themselves", () => {
    const offered = [codec("video/VP8"), codec("video/VP9"), codec("video/AV1")];
    expect(chooseCodec("vp9", offered)?.mimeType).toBe("video/VP9");
    expect(chooseCodec("av1", offered)?.mimeType).toBe("video/AV1");
  });

  test("nothing stands in for a codec that is not offered", () => {
    expect(chooseCodec("h264", [codec("video/VP8"), codec("video/VP9")])).toBeUndefined();
    expect(chooseCodec("vp8", [h264("42e01f", 1)])).toBeUndefined();
  });
});

describe("the layers", () => {
  test("are one but for simulcast", () => {
    expect(encodingsFor("h264", { width: 1280, height: 720 }, 2_500_000)).toEqual([
      { maxBitrate: 2_500_000, scaleResolutionDownBy: 1 },
    ]);
    expect(encodingsFor("av1", { width: 1280, height: 720 }, 2_500_000)).toEqual([
      { maxBitrate: 2_500_000, scaleResolutionDownBy: 1, scalabilityMode: "L1T1" },
    ]);
  });

  test("are three from 960x540, else two", () => {
    const sizes = (width: number, height: number) =>
      encodingsFor("vp8Simulcast", { width, height }, 1_000_000).map(
        ({ scaleResolutionDownBy }) => scaleResolutionDownBy,
      );
    expect(sizes(960, 540)).toEqual([4, 2, 1]);
    expect(sizes(640, 360)).toEqual([2, 1]);
  });

  test("never add up to more than the bitrate, and rise with size", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VideoProfile.options),
        fc.integer({ min: 200_000, max: 20_000_000 }),
        fc.integer({ min: 16, max: 4_096 }),
        (profile, bitrateBps, side) => {
          const rates = encodingsFor(profile, { width: side, height: side }, bitrateBps).map(
            ({ maxBitrate }) => maxBitrate,
          );
          expect(rates.reduce((sum, rate) => sum + rate, 0)).toBeLessThanOrEqual(bitrateBps);
          expect(rates).toEqual(rates.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});

describe("the content hint", () => {
  const screen = {
    id: "screen",
    name: "screen",
    kind: "screen",
    captureId: "screen:0:0",
    displayName: "Screen",
  } as const;
  const hintOf = (items: readonly ItemAt[]) =>
    contentHintOf(documentOf(items), (id) =>
      id === "screen" ? { width: 1280, height: 720 } : { width: 640, height: 360 },
    );

  test("is detail where a screen covers most of the picture", () => {
    expect(
      hintOf([
        { source: screen, scale: 0.5 },
        { source: cameraSource(), scale: 0.2, visible: false },
      ]),
    ).toBe("detail");
  });

  test("is motion where a person is shown, however small", () => {
    expect(
      hintOf([
        { source: screen, scale: 0.5 },
        { source: cameraSource(), scale: 0.2 },
      ]),
    ).toBe("motion");
  });

  test("looks into scenes that are shown", () => {
    const hintOfScenes = (inner: readonly ItemAt[], scale: number) =>
      contentHintOf(
        documentOfScenes({ scene: [{ source: sceneSource("inner"), scale }], inner }),
        (id) => (id === "screen" ? { width: 1280, height: 720 } : { width: 640, height: 360 }),
      );
    expect(hintOfScenes([{ source: screen, scale: 0.5 }], 1)).toBe("detail");
    expect(hintOfScenes([{ source: screen, scale: 0.5 }], 0.5)).toBe("motion");
    expect(hintOfScenes([{ source: screen }, { source: cameraSource() }], 1)).toBe("motion");
  });

  test("is motion for a small, hidden, cropped or absent screen", () => {
    expect(hintOf([{ source: screen, scale: 0.3 }])).toBe("motion");
    expect(hintOf([{ source: screen, scale: 0.5, visible: false }])).toBe("motion");
    expect(hintOf([{ source: screen, scale: 0.5, group: "hidden" }])).toBe("motion");
    expect(hintOf([{ source: screen, scale: 0.5, x: 500 }])).toBe("motion");
    expect(
      hintOf([{ source: screen, scale: 0.5, crop: { left: 700, top: 0, right: 0, bottom: 0 } }]),
    ).toBe("motion");
    expect(hintOf([{ source: cameraSource() }])).toBe("motion");
  });
});
