import * as fc from "fast-check";
import { expect, it } from "vitest";
import { isMentioned, textRuns } from "../../../renderer/chat/text-runs.ts";

const marked = (text: string, nickname = "") =>
  textRuns(text, nickname)
    .filter(({ kind }) => kind !== "text")
    .map(({ kind, text: piece }) => `${kind}:${piece}`);

it.each([
  ["看 https://evil.example/a?b=c 吧", ["link:https://evil.example/a?b=c"]],
  ["加微信www.abc.com，快", ["link:www.abc.com"]],
  ["shop-1.taobao.com/x and a.b", ["link:shop-1.taobao.com/x"]],
  ["1.5 倍。没有链接", []],
])("%s", (text, links) => {
  expect(marked(text)).toEqual(links);
});

it("finds the reader's own nickname, also one of special characters", () => {
  expect(marked("hi @Mia 和 @mia!", "Mia")).toEqual(["mention:@Mia", "mention:@mia"]);
  expect(marked("@a.*b", "a.*b")).toEqual(["mention:@a.*b"]);
  expect(marked("@axxb", "a.*b")).toEqual([]);
  expect([isMentioned("@", ""), isMentioned("Mia", "Mia")]).toEqual([false, false]);
});

it("comes to the text again, piece by piece", () => {
  const pieces = fc.constantFrom("@Mia", "http://x.cn/", "www.", ".com", "你好", " ", "a.io");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 200 }),
        fc.array(pieces).map((all) => all.join("")),
      ),
      fc.string({ maxLength: 20 }),
      (text, nickname) => {
        const runs = textRuns(text, nickname);
        expect(runs.map((run) => run.text).join("")).toBe(text);
      },
    ),
  );
});
