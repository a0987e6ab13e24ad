import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientOptions } from "ws";
import type { GiftKind } from "../../preload/contract/gift.ts";
import { GiftCatalogue } from "../../preload/contract/gift.ts";
import { createLog } from "../../main/room-server/log.ts";
import type { RoomConfig } from "../../main/room-server/process-messages.ts";
import { startRoomServer, type RoomServer } from "../../main/room-server/server.ts";
import { RoomClient } from "./room-client.ts";

process.env["MEDIASOUP_WORKER_BIN"] ??= join(
  process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
  "anchor-studio",
  "mediasoup-worker-3.27.1-linux-x64",
  "mediasoup-worker",
);

export const testGifts: GiftKind[] = GiftCatalogue.parse([
  { giftId: "heart", name: { "zh-CN": "小心心", en: "Heart" }, coins: 1, tier: "small" },
  { giftId: "rose", name: { "zh-CN": "玫瑰", en: "Rose" }, coins: 10, tier: "small" },
  { giftId: "rocket", name: { "zh-CN": "火箭", en: "Rocket" }, coins: 6_000, tier: "grand" },
]);

/** Directories with a catalogue, one picture and a viewers' page, and the config of a rehearsal room on free ports. */
export const createRoomFiles = (gifts: readonly unknown[] = testGifts) => {
  const root = mkdtempSync(join(tmpdir(), "room-"));
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("resources/gifts/catalogue.json", JSON.stringify(gifts));
  write("resources/gifts/heart.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>');
  write("watch/watch.html", "<!doctype html><title>watch</title>");
  write("watch/assets/watch-1.js", "export {};");
  write("moderate/moderate.html", "<!doctype html><meta name=csp-nonce content=%CSP_NONCE%>");
  write("secret.txt", "secret");
  const config: RoomConfig = {
    kind: "rehearsal",
    dataDir: join(root, "data"),
    port: 0,
    mediaPort: 0,
    publicHost: null,
    tls: null,
    watchDir: join(root, "watch"),
    moderateDir: join(root, "moderate"),
    resourcesDir: join(root, "resources"),
    rehearsalAudience: false,
  };
  return { root, config, remove: () => rmSync(root, { recursive: true, force: true }) };
};
export type RoomFiles = ReturnType<typeof createRoomFiles>;

/** An open room in this process, on `files` (own ones by default), with what it takes to be there. */
export class TestRoom {
  readonly server: RoomServer;
  readonly files: RoomFiles;
  readonly #clients = new Set<RoomClient>();
  readonly #ownsFiles: boolean;
  #peers = 0;

  private constructor(server: RoomServer, files: RoomFiles, ownsFiles: boolean) {
    this.server = server;
    this.files = files;
    this.#ownsFiles = ownsFiles;
  }

  static async open(
    options: { files?: RoomFiles; config?: Partial<RoomConfig>; gifts?: readonly unknown[] } = {},
  ): Promise<TestRoom> {
    const files = options.files ?? createRoomFiles(options.gifts);
    const server = await startRoomServer(
      { ...files.config, ...options.config },
      createLog("silent"),
    );
    return new TestRoom(server, files, !options.files);
  }

  get room() {
    return this.server.room;
  }

  get origin(): string {
    return new URL(this.server.address.viewerUrl).origin;
  }

  get anchorToken(): string {
    const { hash } = new URL(this.server.address.anchorUrl);
    return new URLSearchParams(hash.slice(1)).get("anchor") ?? "";
  }

  url(parameters: Record<string, string>): string {
    const query = new URLSearchParams({ roomId: "main", ...parameters });
    return `${this.origin.replace("http", "ws")}/?${query.toString()}`;
  }

  nextPeerId(): string {
    this.#peers += 1;
    return `peer-${this.#peers}`;
  }

  /** Loads the viewers' page as a browser does for the first time; answers the `Cookie` header. */
  async newCookie(): Promise<string> {
    const page = await fetch(`${this.origin}/`);
    const cookie = page.headers.get("set-cookie")?.split(";")[0];
    if (!cookie) throw new Error("the page sets no cookie");
    return cookie;
  }

  async connect(
    parameters: Record<string, string>,
    options: ClientOptions = {},
  ): Promise<RoomClient> {
    const client = await RoomClient.open(this.url(parameters), options);
    this.#clients.add(client);
    return client;
  }

  async viewer(cookie?: string, peerId?: string): Promise<RoomClient> {
    const headers = { cookie: cookie ?? (await this.newCookie()), origin: this.origin };
    return this.connect({ peerId: peerId ?? this.nextPeerId() }, { headers });
  }

  anchor(peerId?: string): Promise<RoomClient> {
    return this.connect({ peerId: peerId ?? this.nextPeerId(), token: this.anchorToken });
  }

  /** The anchor's media connection, as the studio window opens it. */
  async uplink(anchor: RoomClient): Promise<RoomClient> {
    const { token } = await anchor.get("createMediaToken", {});
    return this.connect({ peerId: this.nextPeerId(), token });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients].map((client) => client.close()));
    await this.server.close();
    if (this.#ownsFiles) this.files.remove();
  }
}
