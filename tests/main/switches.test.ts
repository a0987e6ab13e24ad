import { describe, expect, test } from "vitest";
import { readSwitches } from "../../main/switches.ts";

const read = (switches: Record<string, string>) =>
  readSwitches({
    hasSwitch: (name) => name in switches,
    getSwitchValue: (name) => switches[name] ?? "",
  });

describe("readSwitches", () => {
  test("takes what it knows", () => {
    expect(read({})).toEqual({ roomTls: null });
    expect(
      read({
        "room-port": "0",
        "room-media-port": "4444",
        "room-public": "192.168.1.5",
        lang: "en",
        painter: "webgl",
        other: "x",
      }),
    ).toEqual({
      "room-port": 0,
      "room-media-port": 4444,
      "room-public": "192.168.1.5",
      roomTls: "own",
      lang: "en",
      painter: "webgl",
    });
  });

  test("a room on the network speaks https, by the given certificate or its own, unless told otherwise", () => {
    const lan = { "room-public": "192.168.1.5" };
    const given = { "room-cert": "/c.pem", "room-key": "/k.pem" };
    expect(read({ ...lan, ...given })).toMatchObject({
      roomTls: { certFile: "/c.pem", keyFile: "/k.pem" },
    });
    expect(read({ ...lan, "room-plain-http": "" })).toMatchObject({ roomTls: null });
    expect(read({ ...lan, "room-cert": "/c.pem" })).toContain("--room-key");
    expect(read({ ...lan, ...given, "room-plain-http": "" })).toContain("--room-plain-http");
  });

  test("leaves a language that we do not have to Chromium", () => {
    expect(read({ lang: "fr" })).toEqual({ roomTls: null });
  });

  test.each(["-1", "65536", "x", "", "4443.5"])("says what is wrong with the port %j", (port) => {
    expect(read({ "room-port": port })).toContain("--room-port");
  });

  test("says what is wrong with a painter that there is not", () => {
    expect(read({ painter: "gpu" })).toContain("--painter");
  });

  test.each(["", "http://x", "a b"])("says what is wrong with the host %j", (host) => {
    expect(read({ "room-public": host })).toContain("--room-public");
  });
});
