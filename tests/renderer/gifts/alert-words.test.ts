import fc from "fast-check";
import { expect, test } from "vitest";
import { AlertLine, AlertTemplate } from "../../../preload/contract/alert-template.ts";
import { alertOf } from "../../../renderer/gifts/alert.ts";
import { fillText, linesOf, wordsOf } from "../../../renderer/gifts/alert-words.ts";
import { builtInTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";
import {
  followEvent,
  giftEvent,
  guardEvent,
  orderEvent,
  tipEvent,
} from "../../fakes/alert-events.ts";

const [classic] = builtInTemplates;
if (!classic) throw new Error("no template");

const lineOf = (text: string): AlertLine =>
  AlertLine.parse({ text, scale: 1, weight: 400, colour: "bright", rows: 1 });
const withWords = (words: Partial<AlertTemplate["words"]>): AlertTemplate =>
  AlertTemplate.parse({ ...classic, words: { ...classic.words, ...words } });
const alertFor = (event: Parameters<typeof alertOf>[0], { template = classic, text = "" } = {}) => {
  const alert = alertOf(event, 0, template);
  if (!alert) throw new Error("nobody is thanked");
  return { ...alert, text };
};
const said = (alert: ReturnType<typeof alertFor>, lines: readonly string[]) =>
  linesOf(alert, lines.map(lineOf), "zh-CN").map(({ text }) => text);

test("words are filled once, whatever names contain", () => {
  const values = {
    sender: "{gift}",
    gift: "$&",
    count: "3",
    amount: "¥30.00",
    message: "{sender}",
  };
  expect(fillText("{sender} {gift} {count} {other}", values)).toBe("{gift} $& 3 {other}");
  expect(fillText("{amount}: {message}", values)).toBe("¥30.00: {sender}");
});

test("a rule's words come before a template's, and those before the usual ones", () => {
  const template = withWords({ gift: "感谢 {sender} 的 {count} 个{gift}" });
  const gift = giftEvent({ comboCount: 3, count: 3 });
  expect(wordsOf(alertFor(gift), "zh-CN")).toBe("送出 玫瑰");
  expect(wordsOf(alertFor(gift, { template }), "zh-CN")).toBe("感谢 晚风与猫 的 3 个玫瑰");
  expect(wordsOf(alertFor(gift, { template, text: "{amount} coins" }), "en")).toBe("3 coins");
  expect(wordsOf(alertFor(followEvent(), { template }), "en")).toBe("is now following");
});

test("a message is said once: on its own line, or behind the words where there is none", () => {
  const tip = alertFor(tipEvent(3_000));
  expect(said(tip, ["{sender}", "{words}", "{message}"])).toEqual(["阿杰", "打赏 ¥30.00", "加油"]);
  expect(said(tip, ["{sender}", "{words}"])).toEqual(["阿杰", "打赏 ¥30.00：加油"]);
  expect(said({ ...tip, text: "{message} {amount}" }, ["{words}"])).toEqual(["加油 ¥30.00"]);
  const worded = alertFor(tipEvent(3_000), { template: withWords({ tip: "{sender}：{message}" }) });
  expect(said(worded, ["{words}"])).toEqual(["阿杰：加油"]);
});

test("a line that says nothing takes no room", () => {
  for (const event of [giftEvent(), guardEvent(1), orderEvent(), followEvent()])
    expect(said(alertFor(event), ["{sender}", "{words}", "{message}"])).toHaveLength(2);
  expect(said(alertFor(followEvent()), ["{gift}", "{amount} {count}"])).toEqual([]);
});

test("whatever a template says, every built-in one names the sender of everything that is thanked", () => {
  const events = [giftEvent(), tipEvent(100), guardEvent(2), orderEvent(), followEvent()];
  fc.assert(
    fc.property(
      fc.constantFrom(...builtInTemplates),
      fc.constantFrom(...events),
      fc.constantFrom("banner" as const, "spotlight" as const),
      fc.constantFrom("zh-CN" as const, "en" as const),
      (template, event, lane, locale) => {
        const alert = alertFor(event, { template });
        const lines = linesOf(alert, template[lane].lines, locale);
        expect(lines[0]?.text).toBe(alert.sender);
        expect(lines.map(({ text }) => text).join("")).not.toContain("{");
      },
    ),
  );
});
