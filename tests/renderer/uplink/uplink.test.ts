import type { Settings } from "../../../preload/contract/settings.ts";
import { testFakeParameters } from "mediasoup-client";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { IpcName } from "../../../preload/contract/ipc.ts";
import { type ErrorCode, fail, type Result, succeed } from "../../../preload/contract/result.ts";
import { roomCloseCodes, roomRequests } from "../../../preload/contract/room-protocol.ts";
import type { request as askMain } from "../../../renderer/bridge.ts";
import type { BroadcastState } from "../../../renderer/session/state.ts";
import { Uplink } from "../../../renderer/uplink/uplink.ts";
import { createFakeSenders, fakeTrack } from "../../fakes/fake-senders.ts";
import { FakeRoomServer } from "../../fakes/fake-room-server.ts";
import { waitUntil } from "../../fakes/wait-until.ts";
import { settingsOf } from "../../fakes/settings.ts";

/** The fake senders have VP8 and VP9. */
const vp8 = settingsOf({ video: { profile: "vp8", bitrateBps: 2_500_000 } });

let settings: Settings;
let room: FakeRoomServer;
let uplink: Uplink;
let senders: ReturnType<typeof createFakeSenders>;
let states: BroadcastState[];
/** What main was asked, in order. */
let main: unknown[];
/** Main answers "show.setLive" once this has settled. */
let announcing: Promise<Result<unknown>>;

const track = { video: fakeTrack("video"), audio: fakeTrack("audio") };

beforeEach(async () => {
  room = await FakeRoomServer.start();
  settings = vp8;
  senders = createFakeSenders();
  states = [];
  main = [];
  announcing = Promise.resolve(succeed({ sinceMs: 1_700_000_000_000 }));
  let producers = 0;
  const answers = {
    getRouterRtpCapabilities: () => testFakeParameters.generateRouterRtpCapabilities(),
    createWebRtcTransport: () => testFakeParameters.generateTransportRemoteParameters(),
    connectWebRtcTransport: () => {
      setImmediate(() => senders.setConnectionState("connected"));
      return {};
    },
    join: () => ({ peers: [] }),
    produce: () => ({ id: `producer-${(producers += 1)}` }),
    closeProducer: () => ({}),
    restartIce: () => testFakeParameters.generateTransportRemoteParameters().iceParameters,
  };
  for (const [method, answer] of Object.entries(answers))
    room.answers.set(method, () => ({ data: answer() }));

  let tokens = 0;
  const request = (name: IpcName, input: unknown): Promise<Result<unknown>> => {
    main.push(name === "show.setLive" ? input : name);
    if (name === "show.setLive") return announcing;
    const url = `ws://127.0.0.1:${room.port}/?roomId=main`;
    const token = `token-${(tokens += 1)}`;
    return Promise.resolve(succeed({ url, token, displayName: "主播", foreign: false }));
  };
  uplink = new Uplink({
    request: request as typeof askMain,
    createDevice: senders.createDevice,
    settings: () => settings,
    video: () => track.video,
    audio: () => track.audio,
    size: () => ({ width: 1_280, height: 720 }),
    contentHint: () => "motion",
  });
  uplink.state.subscribe((state) => states.push(state));
});
afterEach(async () => {
  uplink.close();
  await room.close();
});

const phases = () => states.map(({ phase }) => phase);
const phase = (wanted: BroadcastState["phase"]) =>
  waitUntil(wanted, () => uplink.state.getState().phase === wanted);
const asked = (method: string) => room.asked.filter((each) => each.method === method);
const goLive = async () => {
  expect(await uplink.start()).toEqual({ ok: true, value: null });
  const state = uplink.state.getState();
  if (state.phase !== "live") throw new Error(state.phase);
  return state;
};
const failed = (code: ErrorCode): BroadcastState => ({ phase: "failed", error: { code } });

test("a show begins when picture and sound are produced, in one stream, and main knows", async () => {
  await goLive();
  expect(phases()).toEqual(["connecting", "live"]);
  expect(main).toEqual(["uplink.getAccess", { live: true }]);
  const query = new URL(room.urls[0] ?? "", "ws://room").searchParams;
  expect(query.get("token")).toBe("token-1");
  const produced = asked("produce").map(({ data }) => roomRequests.produce.data.parse(data));
  expect(produced.map(({ kind }) => kind)).toEqual(["video", "audio"]);
  const streams = produced.map(({ rtpParameters }) => String(rtpParameters["msid"]).split(" ")[0]);
  expect(streams).toEqual(["programme", "programme"]);
  expect(await uplink.start()).toMatchObject({ error: { code: "uplink.already_live" } });
});

test("a lost connection is made anew, as often as it takes, and the show goes on from its start", async () => {
  const { sinceMs } = await goLive();
  room.refusal = roomCloseCodes.serviceRestart;
  room.disconnectAll(roomCloseCodes.serviceRestart);
  await waitUntil("a try in vain", () => room.urls.length === 2);
  expect(uplink.connection).toBeUndefined();
  room.refusal = null;
  await phase("live");
  const down = states.flatMap((state) => (state.phase === "reconnecting" ? [state] : []));
  expect(states).toEqual([
    { phase: "connecting" },
    { phase: "live", sinceMs },
    ...down,
    { phase: "live", sinceMs },
  ]);
  expect(down[0]).toMatchObject({ sinceMs, error: { code: "media.worker_unavailable" } });
  expect(new Set(down.map(({ downSinceMs }) => downSinceMs)).size).toBe(1);
  expect(uplink.connection).toBeDefined();
  const queries = room.urls.map((url) => new URL(url, "ws://room").searchParams);
  // One peer with a new token each time: what the room still has of the old connection is replaced.
  expect(new Set(queries.map((query) => query.get("peerId"))).size).toBe(1);
  expect(queries.map((query) => query.get("token"))).toEqual(["token-1", "token-2", "token-3"]);
  expect(main.filter((each) => typeof each === "object")).toEqual([{ live: true }, { live: true }]);
});

test("a refused token fails the show at its beginning and later", async () => {
  room.refusal = roomCloseCodes.tokenInvalid;
  expect(await uplink.start()).toEqual({ ok: false, error: { code: "room.token_invalid" } });
  expect(uplink.state.getState()).toEqual(failed("room.token_invalid"));
  expect(main).toEqual(["uplink.getAccess", { live: false }]);

  room.refusal = null;
  await goLive();
  room.refusal = roomCloseCodes.tokenInvalid;
  room.disconnectAll(roomCloseCodes.serviceRestart);
  await phase("failed");
  expect(uplink.state.getState()).toEqual(failed("room.token_invalid"));
  expect(main.at(-1)).toEqual({ live: false });
});

test("who takes the show's place keeps it", async () => {
  await goLive();
  room.disconnectAll(roomCloseCodes.replaced);
  await phase("failed");
  expect(phases()).toEqual(["connecting", "live", "failed"]);
  expect(uplink.state.getState()).toEqual(failed("room.replaced"));
  expect(room.urls).toHaveLength(1);
});

test("without the chosen codec there is no show", async () => {
  settings = { ...vp8, video: { ...vp8.video, profile: "h264" } };
  expect(await uplink.start()).toEqual({ ok: false, error: { code: "uplink.codec_unsupported" } });
  expect(uplink.state.getState()).toEqual(failed("uplink.codec_unsupported"));
  await waitUntil("the connection is closed", () => room.connections === 0);
});

test("a foreign room's refusal is told in its words", async () => {
  room.answers.set("produce", () => ({ reason: "Peer not yet joined" }));
  expect(await uplink.start()).toEqual({
    ok: false,
    error: { code: "uplink.rejected", detail: "Peer not yet joined" },
  });
});

test("what ends the connection while it is made is why the show fails", async () => {
  room.answers.set("produce", () => "silence");
  const started = uplink.start();
  await waitUntil("the first track is offered", () => asked("produce").length === 1);
  room.disconnectAll(roomCloseCodes.roomClosing);
  expect(await started).toEqual({ ok: false, error: { code: "room.closed" } });
});

test.each(["createWebRtcTransport", "connectWebRtcTransport", "produce"])(
  "a show that is ended while %s is waited for never begins",
  async (method) => {
    const usual = room.answers.get(method)!;
    room.answers.set(method, () => "silence");
    const started = uplink.start();
    await waitUntil("it is asked", () => asked(method).length === 1);
    expect(await uplink.end()).toEqual({ ok: true, value: null });
    expect(await started).toMatchObject({ error: { code: "uplink.connection_lost" } });
    expect(phases()).toEqual(["connecting", "ending", "idle"]);
    await waitUntil("the connection is closed", () => room.connections === 0);
    expect(main).not.toContainEqual({ live: true });

    room.answers.set(method, usual);
    await goLive();
  },
);

test("a show that is ended while main is told of it has ended", async () => {
  const answer = Promise.withResolvers<Result<unknown>>();
  announcing = answer.promise;
  const started = uplink.start();
  await waitUntil("main is told", () => main.length === 2);
  const ended = uplink.end();
  await waitUntil("main is told of the end", () => main.length === 3);
  answer.resolve(succeed({}));
  await ended;
  expect(await started).toMatchObject({ ok: false });
  expect(phases()).toEqual(["connecting", "ending", "idle"]);
  expect(main).toEqual(["uplink.getAccess", { live: true }, { live: false }]);
});

test("a connection that is lost while main is told of the show is made anew", async () => {
  const answer = Promise.withResolvers<Result<unknown>>();
  announcing = answer.promise;
  const started = uplink.start();
  await waitUntil("main is told", () => main.length === 2);
  room.disconnectAll(roomCloseCodes.serviceRestart);
  await waitUntil("it is lost", () => uplink.connection === undefined);
  answer.resolve(succeed({}));
  expect(await started).toMatchObject({ ok: true });
  await phase("reconnecting");
  await phase("live");
  expect(phases()).toEqual(["connecting", "live", "reconnecting", "live"]);
});

test("where main refuses, nothing is sent", async () => {
  announcing = Promise.resolve(fail("room.unreachable"));
  expect(await uplink.start()).toEqual({ ok: false, error: { code: "room.unreachable" } });
  expect(uplink.state.getState()).toEqual(failed("room.unreachable"));
  await waitUntil("the connection is closed", () => room.connections === 0);
});

test("the end of a show closes its producers, then tells main", async () => {
  await goLive();
  expect(await uplink.end()).toEqual({ ok: true, value: null });
  expect(asked("closeProducer").map(({ data }) => data)).toEqual([
    { producerId: "producer-1" },
    { producerId: "producer-2" },
  ]);
  expect(phases()).toEqual(["connecting", "live", "ending", "idle"]);
  expect(main.at(-1)).toEqual({ live: false });
  await waitUntil("the connection is closed", () => room.connections === 0);
});

test("a show that is ended while it is reconnecting does not come back", async () => {
  await goLive();
  room.refusal = roomCloseCodes.serviceRestart;
  room.disconnectAll(roomCloseCodes.serviceRestart);
  await waitUntil("tries in vain", () => room.urls.length === 3);
  await uplink.end();
  room.refusal = null;
  const tries = room.urls.length;
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(phases()).toEqual(["connecting", "live", "reconnecting", "ending", "idle"]);
  expect(room.urls).toHaveLength(tries);
});

test("a broken path is restarted without leaving the show; where that is refused, all is made anew", async () => {
  await goLive();
  senders.setConnectionState("disconnected");
  await waitUntil("the restart", () => asked("restartIce").length === 1);
  // Viewers see nothing meanwhile, and the anchor is told so.
  expect(phases()).toEqual(["connecting", "live", "reconnecting"]);
  senders.setConnectionState("connected");
  expect(phases()).toEqual(["connecting", "live", "reconnecting", "live"]);
  expect(room.urls).toHaveLength(1);

  room.answers.set("restartIce", () => ({ reason: "media.transport_unknown" }));
  senders.setConnectionState("failed");
  await phase("reconnecting");
  await phase("live");
  expect(room.urls).toHaveLength(2);
});

test("a path that does not come back in time costs the connection, not the show", async () => {
  const { sinceMs } = await goLive();
  const { downSinceMs } = await (async () => {
    senders.setConnectionState("disconnected");
    const state = uplink.state.getState();
    if (state.phase !== "reconnecting") throw new Error(state.phase);
    return state;
  })();
  await phase("live");
  expect(Date.now() - downSinceMs).toBeGreaterThan(3_900);
  expect(uplink.state.getState()).toEqual({ phase: "live", sinceMs });
  expect(room.urls).toHaveLength(2);
});

test("a show that was cut off goes on from its start, however long the room stays away", async () => {
  const sinceMs = 1_700_000_000_000;
  room.refusal = roomCloseCodes.roomClosing;
  uplink.goOn(sinceMs);
  expect(uplink.state.getState()).toMatchObject({
    phase: "reconnecting",
    sinceMs,
    error: { code: "uplink.window_lost" },
  });
  await waitUntil("tries in vain", () => room.urls.length === 3);
  expect(uplink.state.getState()).toMatchObject({ error: { code: "room.closed" } });
  room.refusal = null;
  uplink.hurry();
  await phase("live");
  expect(uplink.state.getState()).toEqual({ phase: "live", sinceMs });
  expect(main.at(-1)).toEqual({ live: true });
});

test("a show that was cut off can be ended before it is back", async () => {
  room.refusal = roomCloseCodes.roomClosing;
  uplink.goOn(1_700_000_000_000);
  await waitUntil("a try in vain", () => room.urls.length === 1);
  expect(await uplink.end()).toEqual({ ok: true, value: null });
  expect(uplink.state.getState()).toEqual({ phase: "idle" });
  expect(main.at(-1)).toEqual({ live: false });
});

test("closing ends everything at once, and for ever", async () => {
  await goLive();
  uplink.close();
  await waitUntil("the connection is closed", () => room.connections === 0);
  expect(phases()).toEqual(["connecting", "live"]);
  expect(await uplink.start()).toMatchObject({ ok: false });
});
