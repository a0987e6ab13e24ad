import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RoomOffers, parseJoinUrl } from "../../../main/room/room-offers.ts";
import { roomRequests } from "../../../main/room/room-requests.ts";
import { joinUrl } from "../../../preload/contract/deep-link.ts";
import type { CutOffShow, RoomOffer } from "../../../preload/contract/ipc.ts";
import { succeed } from "../../../preload/contract/result.ts";
import { EpochMs } from "../../../preload/contract/time.ts";

const link = "https://room.example:4443/#anchor=abc.DEF-1~2_3";
const other = "http://192.0.2.7:4443/#anchor=other";

describe("a link of the studio", () => {
  test("gives back the room's link that it was made of", () => {
    expect(joinUrl(link)).toBe(
      "anchor-studio://join?link=https%3A%2F%2Froom.example%3A4443%2F%23anchor%3Dabc.DEF-1~2_3",
    );
    expect(parseJoinUrl(joinUrl(link))).toEqual(succeed(link));
    // Browsers and desktops add a slash.
    expect(parseJoinUrl(joinUrl(link).replace("join?", "join/?"))).toEqual(succeed(link));
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9._~-]{1,80}$/), (token) => {
        const made = `https://room.example/#anchor=${token}`;
        expect(parseJoinUrl(joinUrl(made))).toEqual(succeed(made));
      }),
    );
  });

  test.each([
    "",
    "anchor-studio:",
    "anchor-studio://join",
    "anchor-studio://join?link=",
    "anchor-studio://leave?link=https%3A%2F%2Froom.example%2F%23anchor%3Da",
    "anchor-studio://join/more?link=https%3A%2F%2Froom.example%2F%23anchor%3Da",
    "https://join?link=https%3A%2F%2Froom.example%2F%23anchor%3Da",
    "anchor-studio://join?link=https%3A%2F%2Froom.example%2F",
    "anchor-studio://join?link=javascript%3Aalert(1)",
    "anchor-studio://join?link=file%3A%2F%2F%2Fetc%2Fpasswd%23anchor%3Da",
    "anchor-studio://join?link=https%3A%2F%2Fuser%3Apass%40room.example%2F%23anchor%3Da",
    `anchor-studio://join?link=https%3A%2F%2Froom.example%2F%23anchor%3D${"a".repeat(4_000)}`,
  ])("that is %j is refused", (text) => {
    expect(parseJoinUrl(text)).toMatchObject({ ok: false, error: { code: "room.link_invalid" } });
  });

  test("never throws, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseJoinUrl(text).ok).toBe(false);
        expect(parseJoinUrl(`anchor-studio://join?link=${text}`).ok).toBe(false);
      }),
    );
  });
});

const setUp = (live = false) => {
  const told: (RoomOffer | null)[] = [];
  const chosen: (string | null)[] = [];
  let current: string | null = null;
  const offers = new RoomOffers(
    (message) => {
      if (message.type === "roomOffer") told.push(message.offer);
    },
    () => current,
  );
  const show: { live: boolean; cutOff: CutOffShow | null } = { live, cutOff: null };
  const room = {
    choose: (wanted: string | null) => {
      chosen.push(wanted);
      current = wanted;
      return succeed({});
    },
  };
  const settings = { update: () => Promise.resolve(succeed({})) };
  const requests = roomRequests(
    room as unknown as Parameters<typeof roomRequests>[0],
    offers,
    show,
    settings as unknown as Parameters<typeof roomRequests>[3],
  );
  const answer = (offerId: number, accept: boolean) =>
    requests["room.answerOffer"]({ offerId, accept });
  return { offers, told, chosen, show, answer };
};

describe("a room that a link offers", () => {
  test("is shown by its host, without what is secret, and changes nothing by itself", () => {
    const { offers, told, chosen } = setUp();
    offers.open(joinUrl(link));
    expect(offers.current).toEqual({
      type: "room",
      offerId: 1,
      host: "room.example:4443",
      encrypted: true,
    });
    expect(JSON.stringify(told)).not.toContain("DEF");
    expect(chosen).toEqual([]);
  });

  test("is used when the anchor accepts it, and only then", async () => {
    const { offers, told, chosen, answer } = setUp();
    offers.open(joinUrl(link));
    expect(await answer(1, true)).toMatchObject({ ok: true });
    expect(chosen).toEqual([link]);
    expect(told.at(-1)).toBe(null);
    offers.open(joinUrl(other));
    expect(offers.current).toMatchObject({ host: "192.0.2.7:4443", encrypted: false });
    await answer(2, false);
    expect(chosen).toEqual([link]);
    expect(offers.current).toBe(null);
  });

  test("is not another one than the anchor saw", async () => {
    const { offers, chosen, answer } = setUp();
    offers.open(joinUrl(link));
    offers.open(joinUrl(other));
    await answer(1, true);
    expect(chosen).toEqual([]);
    expect(offers.current).toMatchObject({ offerId: 2 });
  });

  test("is not used while live, nor while a show may go on, and waits", async () => {
    const { offers, chosen, show, answer } = setUp(true);
    offers.open(joinUrl(link));
    expect(await answer(1, true)).toMatchObject({ error: { code: "uplink.already_live" } });
    expect(chosen).toEqual([]);
    show.live = false;
    show.cutOff = { next: "offer", sinceMs: EpochMs.parse(1) };
    expect(await answer(1, true)).toMatchObject({ error: { code: "uplink.already_live" } });
    expect(chosen).toEqual([]);
    show.cutOff = null;
    await answer(1, true);
    expect(chosen).toEqual([link]);
  });

  test("is not asked for where the studio uses it already", async () => {
    const { offers, told, answer } = setUp();
    offers.open(joinUrl(link));
    await answer(1, true);
    const before = told.length;
    offers.open(joinUrl(link));
    expect(told).toHaveLength(before);
  });

  test("that cannot be used is said to be so, and cannot be accepted", async () => {
    const { offers, chosen, answer } = setUp();
    offers.open("anchor-studio://join?link=nonsense");
    expect(offers.current).toEqual({ type: "invalid", offerId: 1 });
    await answer(1, true);
    expect(chosen).toEqual([]);
    expect(offers.current).toBe(null);
  });
});
