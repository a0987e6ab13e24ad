import { expect, test } from "vitest";
import { parseCommandLine } from "../../../main/room-server/command-line.ts";

const directories = {
  watchDir: "/app/watch",
  moderateDir: "/app/moderate",
  resourcesDir: "/app/resources",
};
const parse = (argv: string[], env: Record<string, string> = { XDG_DATA_HOME: "/home/a/data" }) =>
  parseCommandLine(argv, env, directories);

test("by default: loopback, the usual ports, the user's data directory", () => {
  expect(parse([])).toEqual({
    kind: "public",
    dataDir: "/home/a/data/anchor-room",
    port: 4_443,
    mediaPort: 4_444,
    publicHost: null,
    tls: null,
    ...directories,
    rehearsalAudience: false,
  });
});

test("takes every option", () => {
  const argv = "--data /d --port 0 --media-port 7 --public a.example --cert /c.pem --key /k.pem";
  expect(parse(argv.split(" "))).toMatchObject({
    dataDir: "/d",
    port: 0,
    mediaPort: 7,
    publicHost: "a.example",
    tls: { certFile: "/c.pem", keyFile: "/k.pem" },
  });
  expect(parse(["--help"])).toBe("help");
});

test("a room for others speaks https, by its own certificate where none is given", () => {
  expect(parse(["--public", "a.example"])).toMatchObject({ tls: "own" });
  expect(parse(["--public", "a.example", "--plain-http"])).toMatchObject({ tls: null });
});

test.each([
  [["--port", "many"], /--port wants a number/],
  [["--media-port", "65536"], /--media-port wants a number/],
  [["--cert", "/c.pem"], /go together/],
  [["--plain-http", "--cert", "/c.pem", "--key", "/k.pem"], /exclude each other/],
  [["--colour", "red"], /--help/],
  [["stray"], /--help/],
  [["--public", ""], /publicHost/],
])("refuses %j in one sentence", (argv, message) => {
  expect(() => parse(argv)).toThrow(message);
});
