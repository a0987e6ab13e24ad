import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestRoom } from "../../fakes/test-room.ts";

let room: TestRoom;
beforeAll(async () => {
  room = await TestRoom.open();
});
afterAll(() => room.close());

describe("identity", () => {
  test("a nickname is one person's, however it is written, and is carried by what is sent", async () => {
    await room.anchor();
    const [one, other] = [await room.viewer(), await room.viewer()];
    const rename = async (client: typeof one, displayName: string) => {
      const result = await client.ask("changeDisplayName", { displayName });
      return result.ok || result.error.code;
    };
    expect(await rename(one, " Ｌｕｎａ ")).toBe(true);
    expect(await rename(one, "LUNA")).toBe(true);
    expect(await rename(other, "luna")).toBe("nickname.taken");
    expect(await rename(other, "主播")).toBe("nickname.taken");
    expect(await rename(other, "x")).toBe("nickname.invalid");
    expect(await rename(other, "a\u200Bb")).toBe("nickname.invalid");
    expect((await one.get("getRoomInfo", {})).self.nickname).toBe("LUNA");
    await one.get("sendChat", { requestId: "r", text: "hi" });
    await other.until(() => other.all("chat").length > 0, "the message");
    expect(other.all("chat")[0]?.messages[0]?.sender.nickname).toBe("LUNA");
    expect(await rename(one, "Selene")).toBe(true);
    expect(await rename(other, "luna")).toBe(true);
  });

  test("one follows once, and joins once", async () => {
    const anchor = await room.anchor();
    const cookie = await room.newCookie();
    const viewer = await room.viewer(cookie);
    const { self, following } = await viewer.get("getRoomInfo", {});
    expect(following).toBe(false);
    for (const requestId of ["f1", "f2", "f1"])
      expect(await viewer.get("follow", { requestId })).toEqual({ following: true });
    await viewer.close();
    const again = await room.viewer(cookie);
    expect((await again.get("getRoomInfo", {})).following).toBe(true);
    await again.get("sendGift", { requestId: "g", giftId: "heart", count: 1 });
    const types = () =>
      anchor
        .all("record")
        .flatMap(({ events }) => events.filter(({ sender }) => sender.viewerId === self.viewerId))
        .map(({ type }) => type);
    await anchor.until(() => types().includes("gift"), "the gift");
    expect(types()).toEqual(["join", "follow", "gift"]);
  });
});
