import { afterAll, beforeAll, expect, test } from "vitest";
import { createRoomFiles, TestRoom } from "../../fakes/test-room.ts";
import { opusParameters } from "../../fakes/rtp-parameters.ts";

const files = createRoomFiles();
let room: TestRoom;
beforeAll(async () => {
  room = await TestRoom.open({ files });
});
afterAll(async () => {
  await room.close();
  files.remove();
});

test("viewers are told when the programme begins, is away, comes again and ends; a restart makes it away", async () => {
  const viewer = await room.viewer();
  const anchor = await room.anchor();
  const states = () => viewer.all("programmeChanged").map(({ programme }) => programme);
  const until = (count: number) => viewer.until(() => states().length === count, `state ${count}`);
  const produce = async () => {
    const uplink = await room.uplink(anchor);
    const { id } = await uplink.get("createWebRtcTransport", { producing: true, consuming: false });
    await uplink.get("join", { displayName: "主播", device: {} });
    await uplink.get("produce", {
      transportId: id,
      kind: "audio",
      rtpParameters: opusParameters(),
    });
    return uplink;
  };

  expect((await viewer.get("getRoomInfo", {})).programme).toBe("idle");
  const uplink = await produce();
  await anchor.get("setProgramme", { state: "live" });
  await until(1);
  await uplink.close();
  await until(2);
  await produce();
  await until(3);
  await anchor.get("setProgramme", { state: "ended" });
  await until(4);
  await anchor.get("setProgramme", { state: "live" });
  await until(5);
  expect(states()).toEqual(["live", "away", "live", "ended", "live"]);

  await room.close();
  room = await TestRoom.open({ files });
  expect((await (await room.viewer()).get("getRoomInfo", {})).programme).toBe("away");
});
