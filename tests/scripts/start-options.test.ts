import { describe, expect, it } from "vitest";
import { readStartOptions, startHelp } from "../../scripts/start-options.mjs";

describe("the options of npm start", () => {
  it("are handed to the app in the one form that it reads", () => {
    const { flags } = readStartOptions([
      "--room-port",
      "0",
      "--lang=zh-CN",
      "--user-data-dir=/a b",
    ]);
    expect(flags).toEqual(["--room-port=0", "--lang=zh-CN", "--user-data-dir=/a b"]);
    expect(readStartOptions(["--room-plain-http", "--lang=en"]).flags).toEqual([
      "--room-plain-http",
      "--lang=en",
    ]);
  });

  it("are all in the help", () => {
    const { flags } = readStartOptions([
      "--room-media-port=1",
      "--room-public=host",
      "--room-cert=c",
      "--room-key=k",
      "--room-plain-http",
      "--lang=en",
    ]);
    for (const flag of flags) expect(startHelp).toContain(flag.split("=")[0]);
    expect(readStartOptions(["--help"]).help).toBe(true);
    expect(readStartOptions(["--version"]).version).toBe(true);
  });

  it.each([
    [["--rom-port=1"], /unknown option --rom-port=1/],
    [["room"], /unknown option room/],
    [["--constructor=1"], /unknown option/],
    [["--room-port=70000"], /--room-port wants a port .* not "70000"/],
    [["--room-port"], /--room-port wants a port .* not ""/],
    [["--room-plain-http=yes"], /--room-plain-http takes no value/],
    [["--lang=fr"], /--lang wants zh-CN or en, not "fr"/],
  ])("%j is refused in one sentence", (args, sentence) => {
    expect(() => readStartOptions(args)).toThrow(sentence);
  });
});
