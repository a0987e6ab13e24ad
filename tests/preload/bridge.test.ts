import { describe, expect, test } from "vitest";
import { type BridgePorts, createBridge } from "../../preload/bridge.ts";

const setUp = (invoke: BridgePorts["invoke"] = () => Promise.resolve({ ok: true, value: {} })) => {
  const answers: number[] = [];
  const errors: unknown[] = [];
  const listeners: Parameters<BridgePorts["onBatch"]>[0][] = [];
  const bridge = createBridge("studio", {
    invoke,
    onBatch: (listener) => listeners.push(listener),
    report: (error) => errors.push(error),
  });
  const send = (batchId: number, ...links: string[]) => {
    for (const listener of listeners)
      listener({ batchId, text: links.join(" ") }, { post: (id) => answers.push(id) });
  };
  return { bridge, answers, errors, send };
};
describe("the bridge", () => {
  test("asks main for what the contract has, and for nothing else", async () => {
    const asked: unknown[] = [];
    const { bridge } = setUp((name, input) => {
      asked.push([name, input]);
      return Promise.resolve("answer");
    });
    expect(await bridge.request("show.setLive", { live: true })).toBe("answer");
    for (const name of ["shell.run", "toString", "__proto__", ""])
      // @ts-expect-error -- a page may ask for anything
      expect(await bridge.request(name, {})).toMatchObject({
        ok: false,
        error: { code: "request.unknown" },
      });
    expect(asked).toEqual([["show.setLive", { live: true }]]);
  });

  test("answers for a main that is gone", async () => {
    const { bridge } = setUp(() => Promise.reject(new Error("gone")));
    expect(await bridge.request("app.getBootstrap", {})).toMatchObject({
      ok: false,
      error: { code: "request.failed" },
    });
  });

  test("keeps batches until the page listens, and answers each when it has been handled", () => {
    const { bridge, answers, send } = setUp();
    send(1, "a", "b");
    send(2, "c");
    expect(answers).toEqual([]);
    const got: string[] = [];
    bridge.onPush((text) => {
      expect(answers).not.toContain(got.length === 0 ? 1 : 9);
      got.push(...text.split(" "));
    });
    expect(got).toEqual(["a", "b", "c"]);
    expect(answers).toEqual([1, 2]);
    send(3, "d");
    expect(got).toEqual(["a", "b", "c", "d"]);
    expect(answers).toEqual([1, 2, 3]);
  });

  test("a handler that throws is reported, and stops nothing", () => {
    const { bridge, answers, errors, send } = setUp();
    send(1, "a");
    send(2, "b");
    const got: string[] = [];
    bridge.onPush((text) => {
      got.push(...text.split(" "));
      throw new Error("of the page");
    });
    expect(got).toEqual(["a", "b"]);
    expect(answers).toEqual([1, 2]);
    expect(errors).toHaveLength(2);
  });
});
