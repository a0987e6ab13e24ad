import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { Rehearsal, type RoomProcess } from "../../../main/room/rehearsal.ts";
import type {
  RoomAddress,
  RoomConfig,
  ToRoomProcess,
} from "../../../main/room-server/process-messages.ts";
import { waitUntil } from "../../fakes/wait-until.ts";

/** A process of the room server that does what the test says. */
class FakeRoomProcess implements RoomProcess {
  readonly received: ToRoomProcess[] = [];
  #onMessage: (message: unknown) => void = () => undefined;
  #onExit: (code: number) => void = () => undefined;
  stopsWhenAsked = true;

  send(message: ToRoomProcess): void {
    this.received.push(message);
    if (message.type === "stop" && this.stopsWhenAsked) this.exit(0);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#onMessage = listener;
  }
  onExit(listener: (code: number) => void): void {
    this.#onExit = listener;
  }
  kill(): void {
    this.exit(15);
  }
  say(message: unknown): void {
    this.#onMessage(message);
  }
  exit(code: number): void {
    this.#onExit(code);
  }
  get config(): RoomConfig {
    const [first] = this.received;
    if (first?.type !== "start") throw new Error("not started");
    return first.config;
  }
}

const config: RoomConfig = {
  kind: "rehearsal",
  dataDir: "/data",
  port: 4443,
  mediaPort: 4444,
  publicHost: null,
  tls: null,
  watchDir: "/watch",
  moderateDir: "/moderate",
  resourcesDir: "/resources",
  rehearsalAudience: true,
};
const ready = (port = 4443, mediaPort = 4444) => ({
  type: "ready",
  port,
  mediaPort,
  viewerUrl: `http://127.0.0.1:${port}/`,
  anchorUrl: `http://127.0.0.1:${port}/#anchor=t`,
});

const open: Rehearsal[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((rehearsal) => rehearsal.close()));
});

const setUp = (otherPorts: { port: number; mediaPort: number } = { port: 0, mediaPort: 0 }) => {
  const processes: FakeRoomProcess[] = [];
  const addresses: RoomAddress[] = [];
  const failures: string[] = [];
  const rehearsal = new Rehearsal({
    fork: () => {
      const made = new FakeRoomProcess();
      processes.push(made);
      return made;
    },
    config,
    otherPorts,
    log: pino({ level: "silent" }),
    backOff: { firstMs: 1, longestMs: 5 },
    random: () => 1,
    onReady: (address) => addresses.push(address),
    onFailed: (code) => failures.push(code),
  });
  open.push(rehearsal);
  const processAt = async (index: number): Promise<FakeRoomProcess> => {
    await waitUntil(`process ${index}`, () => processes[index]?.received.length === 1);
    const found = processes[index];
    if (!found) throw new Error("no process");
    return found;
  };
  return { rehearsal, processes, addresses, failures, processAt };
};

describe("Rehearsal", () => {
  test("comes back after a crash on the ports that it had", async () => {
    const { addresses, processAt, failures } = setUp();
    const first = await processAt(0);
    first.say(ready(5001, 5002));
    first.exit(9);
    const second = await processAt(1);
    expect(second.config).toEqual({ ...config, port: 5001, mediaPort: 5002 });
    second.say({ type: "failed", code: "port_taken", message: "the old one still has it" });
    second.exit(1);
    (await processAt(2)).say(ready(5001, 5002));
    expect(addresses.map(({ port }) => port)).toEqual([5001, 5001]);
    expect(failures).toEqual([]);
  });

  test("takes another port where the usual one is taken", async () => {
    const { processAt, failures } = setUp();
    const first = await processAt(0);
    first.say({ type: "failed", code: "port_taken", message: "taken" });
    first.exit(1);
    expect((await processAt(1)).config).toMatchObject({ port: 0, mediaPort: 0 });
    expect(failures).toEqual([]);
  });

  test("says so where the port was asked for", async () => {
    const { processes, processAt, failures } = setUp({ port: 4443, mediaPort: 4444 });
    const first = await processAt(0);
    first.say({ type: "failed", code: "port_taken", message: "taken" });
    first.exit(1);
    await waitUntil("failed", () => failures.length === 1);
    expect(failures).toEqual(["port_taken"]);
    expect(processes).toHaveLength(1);
  });

  test("is not tried again where that cannot help, nor for ever", async () => {
    const missing = setUp();
    const first = await missing.processAt(0);
    first.say({ type: "failed", code: "worker_missing", message: "none" });
    first.exit(1);
    await waitUntil("failed", () => missing.failures[0] === "worker_missing");
    const dying = setUp();
    for (let index = 0; index < 4; index += 1) (await dying.processAt(index)).exit(1);
    await waitUntil("failed", () => dying.failures[0] === "failed");
    expect(dying.processes).toHaveLength(4);
  });

  test("ends when it is asked to, and does not come back", async () => {
    const { rehearsal, processes, processAt } = setUp();
    const first = await processAt(0);
    first.say(ready());
    first.say({ type: "nonsense" });
    await rehearsal.close();
    await rehearsal.close();
    expect(first.received.at(-1)).toEqual({ type: "stop" });
    expect(processes).toHaveLength(1);
  });
});
