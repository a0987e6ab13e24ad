import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { joinUrl } from "../../../preload/contract/deep-link.ts";
import { RoomClient } from "../../fakes/room-client.ts";
import { createRoomFiles } from "../../fakes/test-room.ts";

const program = fileURLToPath(new URL("../../../main/room-server/index.ts", import.meta.url));
const files = createRoomFiles();
afterAll(() => files.remove());

const run = (...argv: string[]) => {
  const child = spawn(process.execPath, [program, ...argv]);
  const said = { out: "", err: "" };
  child.stdout.on("data", (text: Buffer) => {
    said.out += text.toString();
  });
  child.stderr.on("data", (text: Buffer) => {
    said.err += text.toString();
  });
  const exited = new Promise<number | null>((resolve) => {
    child.on("close", (code) => resolve(code));
  });
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(said.out);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`ended: ${said.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, said, exited, until };
};

describe("the room alone", { timeout: 120_000 }, () => {
  test("prints its two links, keeps its key, and closes on SIGINT", async () => {
    const dataDir = join(files.root, "alone");
    const argv = ["--data", dataDir, "--port", "0", "--media-port", "0"];
    const first = run(...argv);
    const [, link] = await first.until(/Anchor link.*: (http:\S+)/);
    const [, viewerUrl] = await first.until(/Viewer link: +(http:\S+)/);
    if (!link || !viewerUrl) throw new Error("no links");
    const [, appLink] = await first.until(/for the app: +(\S+)/);
    expect(appLink).toBe(joinUrl(link));
    const anchorUrl = new URL(link);
    expect(anchorUrl.hash).toMatch(/^#anchor=\S+/);
    expect(viewerUrl).toBe(`${anchorUrl.origin}/`);
    expect(statSync(join(dataDir, "room.key")).mode & 0o777).toBe(0o600);
    const anchor = await RoomClient.open(
      `${anchorUrl.origin.replace("http", "ws")}/?roomId=main&peerId=a&token=${anchorUrl.hash.slice(8)}`,
    );
    expect(await anchor.get("getRoomInfo", {})).toMatchObject({
      kind: "public",
      self: { role: "anchor" },
    });
    first.child.kill("SIGINT");
    expect(await anchor.closed).toBe(4_005);
    expect(await first.exited).toBe(0);
  });

  test("explains itself, and ends with one sentence where it cannot open", async () => {
    const help = run("--help");
    expect(await help.exited).toBe(0);
    expect(help.said.out).toContain("--media-port PORT");
    const wrong = run("--port", "x");
    expect(await wrong.exited).toBe(1);
    expect(wrong.said.err).toBe('--port wants a number from 0 to 65535, not "x".\n');
  });
});
