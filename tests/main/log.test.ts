import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openLog, redact } from "../../main/log.ts";
import { makeTemporaryDirectory } from "../fakes/temporary-directory.ts";

const Line = z.object({ start: z.int(), index: z.int() });

describe("the log", () => {
  test("is lines of JSON, goes on after a restart, and stays small", () => {
    const directory = join(makeTemporaryDirectory(), "logs");
    const options = { directory, maxBytes: 2_000, files: 3 };
    for (let start = 0; start < 4; start += 1) {
      const log = openLog(options);
      for (let index = 0; index < 50; index += 1) log.logger.info({ start, index }, "a line");
      log.close();
      log.close();
      log.logger.info("after the end");
    }
    const names = readdirSync(directory).toSorted();
    expect(names).toEqual(["studio.1.log", "studio.2.log", "studio.log"]);
    for (const name of names)
      expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(options.maxBytes);
    const lines = ["studio.2.log", "studio.1.log", "studio.log"].flatMap((name) =>
      readFileSync(join(directory, name), "utf8")
        .trim()
        .split("\n")
        .map((line) => Line.parse(JSON.parse(line))),
    );
    expect(lines.at(-1)).toMatchObject({ start: 3, index: 49 });
    const numbers = lines.map(({ start, index }) => start * 50 + index);
    expect(numbers).toEqual(numbers.map((_, position) => 199 - numbers.length + 1 + position));
  });

  test.each([
    { url: "ws://127.0.0.1:4443/?roomId=main&peerId=anchor-events&token=s3cret" },
    { link: "http://127.0.0.1:4443/#anchor=s3cret" },
    { deep: { token: "s3cret" } },
    { list: [{ anchorUrl: "http://x/#anchor=s3cret" }] },
    { settings: { roomLink: "https://x/#anchor=s3cret" } },
    { err: new Error('failed at "ws://x/?token=s3cret"') },
  ])("never holds the token of %j", (line) => {
    const directory = makeTemporaryDirectory();
    const log = openLog({ directory, maxBytes: 100_000, files: 2 });
    log.logger.info(line, "see https://x/#anchor=s3cret");
    log.close();
    const text = readFileSync(join(directory, "studio.log"), "utf8");
    expect(text).not.toContain("s3cret");
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  test("keeps what is no token", () => {
    const line = '{"viewerUrl":"http://127.0.0.1:4443/?roomId=main","token":null}';
    expect(redact(line)).toBe(line);
  });
});
