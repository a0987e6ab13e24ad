import { request } from "node:http";
import { connect as connectTcp } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestRoom } from "../../fakes/test-room.ts";

let room: TestRoom;
beforeAll(async () => {
  room = await TestRoom.open();
});
afterAll(() => room.close());

const upgradeRequest = (query: string): string =>
  [
    `GET /?${query} HTTP/1.1`,
    "Host: room",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Protocol: protoo\r\n\r\n",
  ].join("\r\n");

describe("who may connect", () => {
  test("a browser is the same person over reconnects, another browser is another", async () => {
    const cookie = await room.newCookie();
    const first = await room.viewer(cookie);
    const { self } = await first.get("getRoomInfo", {});
    expect(self.role).toBe("viewer");
    expect(self.nickname).toMatch(/^观众\d{4}$/);
    await first.close();
    expect((await (await room.viewer(cookie)).get("getRoomInfo", {})).self).toEqual(self);
    const other = (await (await room.viewer()).get("getRoomInfo", {})).self;
    expect(other.viewerId).not.toBe(self.viewerId);
    expect(other.nickname).not.toBe(self.nickname);
  });

  test("the anchor's link makes the anchor, from any origin", async () => {
    for (const origin of [undefined, "studio://app", "http://studio.localhost:1234"]) {
      const anchor = await room.connect(
        { peerId: room.nextPeerId(), token: room.anchorToken },
        origin === undefined ? {} : { headers: { origin } },
      );
      const { self } = await anchor.get("getRoomInfo", {});
      expect(self).toMatchObject({ role: "anchor", nickname: "主播" });
    }
  });

  test("a cookie does not speak for a foreign page", async () => {
    const cookie = await room.newCookie();
    const { host } = new URL(room.origin);
    for (const origin of [undefined, "https://elsewhere.example", `http://${host}0`, "null"])
      await expect(
        room.connect(
          { peerId: "p" },
          { headers: { cookie, ...(origin === undefined ? {} : { origin }) } },
        ),
      ).rejects.toThrow("403");
  });

  test("no token, a forged one and one of another room are told so by close code 4001", async () => {
    const other = await TestRoom.open();
    const foreign = other.anchorToken;
    await other.close();
    const parameters: Record<string, string>[] = [
      { peerId: "p" },
      { peerId: "p", token: "x.y.z" },
      { peerId: "p", token: foreign },
    ];
    for (const each of parameters) expect(await (await room.connect(each)).closed).toBe(4_001);
  });

  test("a visitor without a token who breaks the framing ends nothing but the own socket", async () => {
    const steady = await room.viewer();
    for (const bytes of ["f385010203", "8b80", "ffffffffffffffffffff", "0102"]) {
      const socket = connectTcp(room.server.address.port, "127.0.0.1");
      const ended = new Promise((resolve) => socket.once("close", resolve));
      socket.on("error", () => undefined).resume();
      socket.write(upgradeRequest("roomId=main&peerId=x"));
      socket.write(Buffer.from(bytes, "hex"));
      socket.end();
      await ended;
    }
    expect((await steady.ask("getWallet", {})).ok).toBe(true);
  });

  test("who is refused and keeps the line open is cut", async () => {
    const cut = async (query: string): Promise<void> => {
      const { port } = room.server.address;
      const socket = connectTcp({ port, host: "127.0.0.1", allowHalfOpen: true });
      const ended = new Promise((resolve) => socket.once("close", resolve));
      socket.on("error", () => undefined).resume();
      socket.write(`${upgradeRequest(query)}and more`);
      // That the other end is gone shows only when something is written to it.
      const writing = setInterval(() => socket.write("more"), 500);
      await ended;
      clearInterval(writing);
    };
    await Promise.all(["roomId=other&peerId=x", "roomId=main", "roomId=main&peerId=x"].map(cut));
    expect((await (await room.viewer()).ask("getWallet", {})).ok).toBe(true);
  });

  test("wrong addresses are refused", async () => {
    const token = room.anchorToken;
    await expect(room.connect({ token })).rejects.toThrow("400");
    await expect(room.connect({ token, peerId: "a b" })).rejects.toThrow("400");
    await expect(room.connect({ token, peerId: "a", roomId: "other" })).rejects.toThrow("404");
    const status = await new Promise((resolve) => {
      request(`${room.origin}/?roomId=main&peerId=a&token=${token}`, {
        headers: {
          connection: "upgrade",
          upgrade: "websocket",
          "sec-websocket-version": "13",
          "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
        },
      })
        .on("response", (response) => resolve(response.statusCode))
        .end();
    });
    expect(status).toBe(400);
  });

  test("a second connection with the same peer id replaces the first, if it is the same person's", async () => {
    const cookie = await room.newCookie();
    const first = await room.viewer(cookie, "twice");
    const second = await room.viewer(cookie, "twice");
    expect(await first.closed).toBe(4_002);
    await expect(room.viewer(undefined, "twice")).rejects.toThrow("403");
    expect((await second.get("getRoomInfo", {})).self.role).toBe("viewer");
  });

  test("a viewer who has taken the studio's peer id does not keep the anchor out", async () => {
    const viewer = await room.viewer(undefined, "anchor-events");
    const anchor = await room.anchor("anchor-events");
    expect((await anchor.get("getRoomInfo", {})).self.role).toBe("anchor");
    expect(await viewer.closed).toBe(4_002);
    await expect(room.viewer(undefined, "anchor-events")).rejects.toThrow("403");
    await anchor.close();
  });

  test("one person holds a bounded number of connections", async () => {
    const cookie = await room.newCookie();
    const clients = await Promise.all(Array.from({ length: 8 }, () => room.viewer(cookie)));
    await expect(room.viewer(cookie)).rejects.toThrow("429");
    await clients[0]?.close();
    await room.viewer(cookie);
  });

  test("a peer that no longer answers is cut off", async () => {
    const headers = { cookie: await room.newCookie(), origin: room.origin };
    const dead = await room.connect({ peerId: "dead" }, { headers, autoPong: false });
    const alive = await room.viewer();
    room.room.audience.heartbeat();
    await alive.get("getRoomInfo", {});
    await dead.get("getRoomInfo", {});
    room.room.audience.heartbeat();
    expect(await dead.closed).toBe(1_006);
    await alive.get("getRoomInfo", {});
  });

  test("everybody is told when the room closes", async () => {
    const closing = await TestRoom.open();
    const viewer = await closing.viewer();
    await closing.server.close();
    expect(await viewer.closed).toBe(4_005);
    await closing.close();
  });

  test("the anchor's identity, nicknames and wallets outlive the process; the audience is counted by person", async () => {
    const first = await TestRoom.open();
    const cookie = await first.newCookie();
    const viewer = await first.viewer(cookie);
    await first.viewer(cookie);
    await first.anchor();
    await viewer.until(
      () => viewer.all("audienceChanged").at(-1)?.viewers === 1,
      "one person in two windows",
    );
    await viewer.get("changeDisplayName", { displayName: "小明" });
    await viewer.get("sendGift", { requestId: "r1", giftId: "rose", count: 1 });
    const { files, anchorToken } = first;
    await viewer.close();
    await first.server.close();
    const second = await TestRoom.open({ files });
    const again = await second.viewer(cookie);
    expect((await again.get("getRoomInfo", {})).self.nickname).toBe("小明");
    expect((await again.get("getWallet", {})).coins).toBe(99_990);
    const anchor = await second.connect({ peerId: "a", token: anchorToken });
    expect((await anchor.get("getRoomInfo", {})).self.role).toBe("anchor");
    await second.close();
    await first.close();
  });
});
