import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRpc, encodeRpc, type RpcFrame } from "../../../preload/contract/rpc.ts";

const method = fc.string({ minLength: 1, maxLength: 64 });
const id = fc.nat();
// JSON has no -0, so data is taken through JSON once.
const data = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const frame: fc.Arbitrary<RpcFrame> = fc.oneof(
  fc.record({ type: fc.constant("request" as const), id, method, data }),
  fc.record({ type: fc.constant("success" as const), id, data }),
  fc.record({
    type: fc.constant("failure" as const),
    id,
    errorCode: fc.nat(),
    errorReason: fc.string({ maxLength: 100 }),
  }),
  fc.record({ type: fc.constant("notification" as const), method, data }),
);

describe("the envelope", () => {
  it("reads what it wrote", () => {
    fc.assert(
      fc.property(frame, (value) => {
        const expected = "data" in value ? { ...value, data: value.data ?? {} } : value;
        expect(decodeRpc(encodeRpc(value))).toEqual(expected);
      }),
    );
  });

  it("has the fields of protoo", () => {
    expect(
      JSON.parse(encodeRpc({ type: "request", id: 7, method: "join", data: { a: 1 } })),
    ).toEqual({
      request: true,
      id: 7,
      method: "join",
      data: { a: 1 },
    });
    expect(
      decodeRpc('{"response":true,"id":7,"errorCode":500,"errorReason":"unknown request.method"}'),
    ).toEqual({
      type: "failure",
      id: 7,
      errorCode: 500,
      errorReason: "unknown request.method",
    });
  });

  it("refuses whatever is no frame, without throwing", () => {
    for (const text of [
      "",
      "null",
      "[]",
      "{",
      '{"request":true}',
      '{"request":true,"id":-1,"method":"x"}',
    ])
      expect(decodeRpc(text)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        decodeRpc(text);
      }),
    );
  });
});
