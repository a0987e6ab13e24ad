import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { RecordEvent } from "../../preload/contract/gift.ts";
import { roomRequests } from "../../preload/contract/room-protocol.ts";
import { decodeRpc, encodeRpc, type RpcFrame } from "../../preload/contract/rpc.ts";

type Answer = { readonly data: unknown } | { readonly reason: string };

/** A room over a real WebSocket whose log the test writes; `answers` replaces what it says to a request. */
export class FakeRoomServer {
  readonly #server = createServer();
  readonly #sockets = new WebSocketServer({
    server: this.#server,
    autoPong: false,
    handleProtocols: (protocols) => (protocols.has("protoo") ? "protoo" : false),
  });
  /** Each event as it is sent: objects that do not fit can be put in. */
  log: { readonly seq: number }[] = [];
  readonly answers = new Map<string, (data: unknown) => Answer | "silence">();
  /** Every request, in order, as `method` and data. */
  readonly asked: { readonly method: string; readonly data: unknown }[] = [];
  readonly urls: string[] = [];
  programme = "idle";
  answersPings = true;
  /** The close code that new connections get at once, as from a room that does not want them. */
  refusal: number | null = null;
  readonly #replies: RpcFrame[] = [];
  /** How many events a notification has, and what lies between two of them. */
  pace: { readonly size: number; readonly pauseMs: number } = { size: 100, pauseMs: 0 };

  /** @param port 0 is any free one. */
  static async start(port = 0): Promise<FakeRoomServer> {
    const room = new FakeRoomServer();
    await new Promise<void>((resolve) => room.#server.listen(port, "127.0.0.1", resolve));
    room.#sockets.on("connection", (socket, request) => {
      room.urls.push(request.url ?? "");
      socket.on("message", (data: Buffer) => room.#receive(socket, data.toString()));
      socket.on("ping", (data) => {
        if (room.answersPings) socket.pong(data);
      });
      socket.on("error", () => socket.terminate());
      if (room.refusal !== null) socket.close(room.refusal);
    });
    return room;
  }

  get port(): number {
    const address = this.#server.address();
    if (!address || typeof address === "string") throw new Error("not listening");
    return address.port;
  }

  get anchorLink(): string {
    return `http://127.0.0.1:${this.port}/#anchor=secret-token`;
  }

  get connections(): number {
    return this.#sockets.clients.size;
  }

  notify(method: string, data: unknown): void {
    for (const socket of this.#sockets.clients)
      socket.send(encodeRpc({ type: "notification", method, data }));
  }

  /** What the client answered to the room's own requests, in order. */
  get replies(): readonly RpcFrame[] {
    return this.#replies;
  }

  request(id: number, method: string, data: unknown): void {
    this.sendText(encodeRpc({ type: "request", id, method, data }));
  }

  sendText(text: string): void {
    for (const socket of this.#sockets.clients) socket.send(text);
  }

  /** Appends to the log and tells everyone. */
  record(...events: readonly RecordEvent[]): void {
    this.log.push(...events);
    this.notify("record", { events });
  }

  disconnectAll(code = 1012): void {
    for (const socket of this.#sockets.clients) socket.close(code);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #receive(socket: WebSocket, text: string): void {
    const frame = decodeRpc(text);
    if (frame && frame.type !== "request") this.#replies.push(frame);
    if (frame?.type !== "request") return;
    this.asked.push({ method: frame.method, data: frame.data });
    const answer = (this.answers.get(frame.method) ?? this.#usual(frame.method))(frame.data);
    if (answer === "silence") return;
    socket.send(
      encodeRpc(
        "data" in answer
          ? { type: "success", id: frame.id, data: answer.data }
          : { type: "failure", id: frame.id, errorCode: 400, errorReason: answer.reason },
      ),
    );
    if (frame.method === "resume" && "data" in answer) void this.#replay(socket, frame.data);
  }

  async #replay(socket: WebSocket, data: unknown): Promise<void> {
    const { afterSeq } = roomRequests.resume.data.parse(data);
    const missing = this.log.filter(({ seq }) => seq > afterSeq);
    for (let from = 0; from < missing.length; from += this.pace.size) {
      const events = missing.slice(from, from + this.pace.size);
      socket.send(encodeRpc({ type: "notification", method: "record", data: { events } }));
      if (this.pace.pauseMs > 0)
        await new Promise((resolve) => setTimeout(resolve, this.pace.pauseMs));
      if (socket.readyState !== socket.OPEN) return;
    }
  }

  #usual(method: string): (data: unknown) => Answer {
    const latestSeq = this.log.at(-1)?.seq ?? 0;
    switch (method) {
      case "getRoomInfo":
        return () => ({
          data: {
            roomId: "main",
            kind: "rehearsal",
            self: { viewerId: "anchor-1", nickname: "主播", role: "anchor" },
            following: false,
            programme: this.programme,
            viewers: 3,
            latestSeq,
            latestChatSeq: 0,
            viewerUrl: `http://127.0.0.1:${this.port}/`,
            rehearsalAudience: false,
          },
        });
      case "resume":
        return () => ({ data: { latestSeq } });
      case "getChatHistory":
        return () => ({ data: { messages: [] } });
      case "createMediaToken":
        return () => ({ data: { token: "media-token", expiresAtMs: 1_800_000_000_000 } });
      case "setProgramme":
      case "setRehearsalAudience":
        return () => ({ data: {} });
      default:
        return () => ({ reason: "request.unknown" });
    }
  }
}
