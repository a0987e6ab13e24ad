import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connectionUrl, parseRoomLink } from "../../../main/room/link-address.ts";

const parse = (link: string) => {
  const result = parseRoomLink(link);
  if (!result.ok) throw new Error(result.error.detail ?? result.error.code);
  return result.value;
};

describe("parseRoomLink", () => {
  test.each([
    ["http://127.0.0.1:4443/#anchor=a.b-c_d", "ws://127.0.0.1:4443/", "127.0.0.1:4443/main"],
    ["https://live.example.com/#anchor=token", "wss://live.example.com/", "live.example.com/main"],
    ["  https://[::1]:8443/#anchor=t ", "wss://[::1]:8443/", "[::1]:8443/main"],
    [
      "https://example.com/rooms/7/#anchor=t",
      "wss://example.com/rooms/7/",
      "example.com/rooms/7/main",
    ],
  ])("%s is an anchor link", (link, socketUrl, roomKey) => {
    expect(parse(link)).toMatchObject({ kind: "anchor", socketUrl, roomKey, roomId: "main" });
  });

  test("a room's own certificate is known by its fingerprint", () => {
    const fingerprint = "A".repeat(43);
    expect(parse(`https://a.example/#anchor=t&fp=${fingerprint}`)).toMatchObject({ fingerprint });
    expect(parse("https://a.example/#anchor=t")).toMatchObject({ fingerprint: null });
  });

  test("a foreign room keeps its query, but not its peer", () => {
    const address = parse("wss://sfu.example.com:4443/?roomId=abc&forceH264=true&peerId=x");
    expect(address).toEqual({
      kind: "foreign",
      socketUrl: "wss://sfu.example.com:4443/?roomId=abc&forceH264=true",
      roomId: "abc",
      roomKey: "sfu.example.com:4443/abc",
    });
    expect(connectionUrl(address, "studio-1")).toBe(
      "wss://sfu.example.com:4443/?roomId=abc&forceH264=true&peerId=studio-1",
    );
  });

  test("a connection to our own room carries room, peer and token", () => {
    const address = parse("http://127.0.0.1:4443/#anchor=secret");
    expect(connectionUrl(address, "anchor-events", "se+cret")).toBe(
      "ws://127.0.0.1:4443/?roomId=main&peerId=anchor-events&token=se%2Bcret",
    );
  });

  test.each([
    "",
    "room",
    "http://127.0.0.1:4443/",
    "http://127.0.0.1:4443/#anchor=",
    "http://127.0.0.1:4443/#anchor=a b",
    "http://me:secret@127.0.0.1/#anchor=a",
    "https://example.com/#anchor=a&fp=short",
    "http://example.com/#anchor=a&fp=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "wss://example.com/",
    "wss://example.com/?roomId=",
    "file:///etc/passwd#anchor=a",
    "javascript:alert(1)#anchor=a",
    "studio://app/#anchor=a",
  ])("%j is no link", (link) => {
    expect(parseRoomLink(link)).toMatchObject({ ok: false, error: { code: "room.link_invalid" } });
  });

  test("no text makes it throw, and no key or failure holds the token", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true })), (text) => {
        parseRoomLink(text);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{20,60}$/), (token) => {
        const { roomKey } = parse(`https://example.com:4443/#anchor=${token}`);
        expect(roomKey).not.toContain(token);
      }),
    );
  });
});
