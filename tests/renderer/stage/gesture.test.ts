import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ItemId } from "../../../preload/contract/ids.ts";
import {
  boundsOf,
  handlePoint,
  handles,
  noCrop,
  type Placement,
  plainTransform,
} from "../../../renderer/scene/transform.ts";
import {
  boundsOfMembers,
  dragTo,
  type Gesture,
  type Manner,
  type Member,
} from "../../../renderer/stage/gesture.ts";
import { snapLines } from "../../../renderer/stage/snapping.ts";

const canvas = { width: 1280, height: 720 };
const size = { width: 200, height: 100 };
const member = (name: string, transform: Partial<Placement["transform"]>): Member => ({
  id: ItemId.parse(name),
  placement: { transform: { ...plainTransform, ...transform }, crop: noCrop },
  size,
  visible: true,
});
const free: Manner = { shift: false, lines: null, reach: 8 };
const snapping: Manner = { ...free, lines: snapLines(canvas, []) };
const from = { x: 0, y: 0 };
const one = member("one", { x: 100, y: 100 });
const two = member("two", { x: 400, y: 300 });

const dragged = (gesture: Gesture, to: { x: number; y: number }, manner: Manner) => {
  const { placements, guides } = dragTo(gesture, to, manner);
  const members = gesture.members.map((each) => ({
    ...each,
    placement: placements.get(each.id) ?? each.placement,
  }));
  return { members, guides, bounds: boundsOfMembers(members) };
};

describe("moving", () => {
  it("moves all by the same whole pixels", () => {
    const { members } = dragged(
      { type: "move", from, members: [one, two] },
      { x: 5.4, y: -3.6 },
      free,
    );
    expect(members.map(({ placement }) => [placement.transform.x, placement.transform.y])).toEqual([
      [105, 96],
      [405, 296],
    ]);
  });

  it("snaps what they cover together", () => {
    const { bounds, guides } = dragged(
      { type: "move", from, members: [one, two] },
      { x: -97, y: 40 },
      snapping,
    );
    expect(bounds.x).toBe(0);
    expect(guides.map(({ axis, at }) => [axis, at])).toContainEqual(["x", 0]);
  });
});

describe("what is hidden in a group", () => {
  const hidden = { ...member("hidden", { x: 900, y: 600 }), visible: false };

  it("goes along without being part of the box", () => {
    const members = [one, two, hidden];
    const { members: moved, bounds } = dragged(
      { type: "move", from, members },
      { x: -97, y: 0 },
      snapping,
    );
    expect([bounds.x, moved[2]?.placement.transform.x]).toEqual([0, 800]);
    // From 100, 100 to 600, 400: twice as large about the corner.
    const grown = dragged(
      { type: "resize", handle: "se", from, members },
      { x: 500, y: 300 },
      free,
    );
    expect(grown.bounds).toEqual({ x: 100, y: 100, width: 1_000, height: 600 });
    expect(grown.members[2]?.placement.transform).toMatchObject({ x: 1_700, y: 1_100, scaleX: 2 });
  });
});

describe("resizing one", () => {
  it("snaps the dragged corner along its diagonal", () => {
    const { members, bounds } = dragged(
      { type: "resize", handle: "se", from, members: [one] },
      { x: 975, y: 490 },
      snapping,
    );
    expect(bounds.x + bounds.width).toBeCloseTo(1280, 6);
    const { scaleX, scaleY } = members[0]?.placement.transform ?? plainTransform;
    expect(scaleX).toBeCloseTo(scaleY, 9);
  });

  it("snaps each side by itself with Shift", () => {
    const { bounds } = dragged(
      { type: "resize", handle: "se", from, members: [one] },
      { x: 975, y: 157 },
      { ...snapping, shift: true },
    );
    expect(bounds).toEqual({ x: 100, y: 100, width: 1180, height: 260 });
  });

  it("snaps what stands on its side", () => {
    const upright = member("upright", { x: 100, y: 100, rotationDeg: 90 });
    // Its right side on the screen is the top of the picture.
    const { bounds } = dragged(
      { type: "resize", handle: "n", from, members: [upright] },
      { x: 1027, y: 0 },
      { ...snapping, shift: true },
    );
    expect(bounds.x + bounds.width).toBeCloseTo(1280, 6);
  });

  it("crops to a line", () => {
    const { members } = dragged(
      { type: "crop", handle: "w", from, members: [member("wide", { x: -50, y: 10 })] },
      { x: 47, y: 0 },
      snapping,
    );
    expect(members[0]?.placement.crop).toEqual({ ...noCrop, left: 50 });
    expect(members[0]?.placement.transform.x).toBe(0);
  });
});

describe("resizing several", () => {
  it("scales the common box, and each in it", () => {
    const { bounds, members } = dragged(
      { type: "resize", handle: "se", from, members: [one, two] },
      { x: 500, y: 300 },
      { ...free, shift: true },
    );
    expect(bounds).toEqual({ x: 100, y: 100, width: 1_000, height: 600 });
    expect(members[1]?.placement.transform).toMatchObject({ x: 700, y: 500, scaleX: 2, scaleY: 2 });
  });

  it("keeps the aspect of what is turned, also with Shift", () => {
    const { members } = dragged(
      {
        type: "resize",
        handle: "e",
        from,
        members: [one, member("turned", { x: 400, y: 300, rotationDeg: 30 })],
      },
      { x: 200, y: 0 },
      { ...free, shift: true },
    );
    for (const { placement } of members)
      expect(placement.transform.scaleX).toBeCloseTo(placement.transform.scaleY, 9);
  });
});

describe("turning", () => {
  const right = { x: 300, y: 150 };
  const below = { x: 200, y: 300 };

  it("follows the pointer about the middle", () => {
    const { members } = dragged({ type: "rotate", from: right, members: [one] }, below, free);
    expect(members[0]?.placement.transform.rotationDeg).toBe(90);
  });

  it("goes by fifteen degrees with Shift, and rests at quarters without", () => {
    const at = (deg: number) => ({
      x: 200 + 100 * Math.cos((deg * Math.PI) / 180),
      y: 150 + 100 * Math.sin((deg * Math.PI) / 180),
    });
    const angle = (deg: number, manner: Manner) =>
      dragged({ type: "rotate", from: right, members: [one] }, at(deg), manner).members[0]
        ?.placement.transform.rotationDeg;
    expect(angle(37, { ...snapping, shift: true })).toBe(30);
    expect(angle(38, { ...snapping, shift: true })).toBe(45);
    expect(angle(92, snapping)).toBe(90);
    expect(angle(94, snapping)).toBe(94);
    expect(angle(92, free)).toBe(92);
    expect(angle(-10, free)).toBe(350);
  });

  it("turns several about what they cover together", () => {
    const before = boundsOfMembers([one, two]);
    const middle = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
    const { bounds } = dragged(
      { type: "rotate", from: { x: middle.x + 50, y: middle.y }, members: [one, two] },
      { x: middle.x - 50, y: middle.y },
      free,
    );
    expect(bounds.x).toBeCloseTo(before.x, 6);
    expect(bounds.y).toBeCloseTo(before.y, 6);
    expect(bounds.width).toBeCloseTo(before.width, 6);
  });
});

it("never draws the dragged handle further from the pointer than snapping reaches", () => {
  const point = fc.record({
    x: fc.integer({ min: -300, max: 300 }),
    y: fc.integer({ min: -300, max: 300 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...handles.filter((handle) => handle.length === 2)),
      fc.constantFrom(0, 90, 180, 270),
      point,
      (handle, rotationDeg, by) => {
        const big = member("big", { x: 400, y: 200, scaleX: 2, scaleY: 3, rotationDeg });
        const start = handlePoint(big.placement, size, handle);
        const gesture: Gesture = { type: "resize", handle, from: start, members: [big] };
        const to = { x: start.x + by.x, y: start.y + by.y };
        const [loose] = dragged(gesture, to, { ...free, shift: true }).members;
        const [snapped] = dragged(gesture, to, { ...snapping, shift: true }).members;
        const [a, b] = [loose, snapped].map((each) =>
          handlePoint(each?.placement ?? big.placement, size, handle),
        );
        expect(Math.abs((a?.x ?? 0) - (b?.x ?? 0))).toBeLessThanOrEqual(8.001);
        expect(Math.abs((a?.y ?? 0) - (b?.y ?? 0))).toBeLessThanOrEqual(8.001);
        expect(boundsOf(snapped?.placement ?? big.placement, size).width).toBeGreaterThan(3);
      },
    ),
  );
});
