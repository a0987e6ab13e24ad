import { request } from "node:https";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testCertificate } from "../../fakes/test-certificate.ts";
import { createRoomFiles, TestRoom } from "../../fakes/test-room.ts";

const files = createRoomFiles();
let room: TestRoom;
beforeAll(async () => {
  const tls = { certFile: join(files.root, "cert.pem"), keyFile: join(files.root, "key.pem") };
  writeFileSync(tls.certFile, testCertificate.cert);
  writeFileSync(tls.keyFile, testCertificate.key);
  room = await TestRoom.open({ files, config: { tls, publicHost: "localhost" } });
});
afterAll(async () => {
  await room.close();
  files.remove();
});

const ca = testCertificate.cert;

describe("a public room with a certificate", () => {
  test("says https and its public name in links, page cookies are secure", async () => {
    const { viewerUrl, anchorUrl, port } = room.server.address;
    expect(viewerUrl).toBe(`https://localhost:${port}/`);
    expect(anchorUrl).toContain(`${viewerUrl}#anchor=`);
    const cookies = await new Promise<string[] | undefined>((resolve, reject) => {
      request(viewerUrl, { ca }, (response) => {
        response.resume();
        resolve(response.headers["set-cookie"]);
      })
        .on("error", reject)
        .end();
    });
    expect(cookies?.[0]).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
    const [cookie = ""] = cookies?.[0]?.split(";") ?? [];
    const headers = { cookie, origin: room.origin };
    const viewer = await room.connect({ peerId: "viewer" }, { ca, headers });
    expect((await viewer.get("getRoomInfo", {})).self.role).toBe("viewer");
  });

  test("announces its public name for media", async () => {
    const anchor = await room.connect({ peerId: "anchor", token: room.anchorToken }, { ca });
    const { iceCandidates } = await anchor.get("createWebRtcTransport", {
      producing: true,
      consuming: false,
    });
    expect(iceCandidates.map(({ address }) => address)).toEqual(["localhost", "localhost"]);
  });

  test("closing twice is closing once", async () => {
    const other = await TestRoom.open();
    await Promise.all([other.server.close(), other.server.close()]);
    await expect(fetch(other.origin)).rejects.toThrow("fetch failed");
    await other.close();
  });
});
