import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TemplateId } from "../../../preload/contract/ids.ts";
import { AlertRule } from "../../../preload/contract/settings.ts";
import { alertOf } from "../../../renderer/gifts/alert.ts";
import { alertByRules } from "../../../renderer/gifts/alert-rules.ts";
import { wordsOf } from "../../../renderer/gifts/alert-words.ts";
import { builtInTemplates } from "../../../renderer/gifts/templates/built-in-templates.ts";
import { advanceQueue, emptyQueue, enqueueEvents } from "../../../renderer/gifts/queue.ts";
import { knownGifts, sampleGift } from "../../../renderer/gifts/sample-gift.ts";
import { followEvent, giftEvent, likeEvent, tipEvent } from "../../fakes/alert-events.ts";

const [classic] = builtInTemplates;
if (!classic) throw new Error("no template");

const ruleOf = (
  match: Partial<AlertRule["match"]>,
  change: Partial<Omit<AlertRule, "match">> = {},
): AlertRule =>
  AlertRule.parse({
    match: { giftId: null, leastCoins: 0, sender: "", ...match },
    tier: null,
    silent: false,
    scene: null,
    text: "",
    ...change,
  });
const byId = (giftId: string): Partial<AlertRule["match"]> =>
  ({ giftId }) as Partial<AlertRule["match"]>;

describe("a rule", () => {
  test("fits by gift, by what the combo has come to, and by sender", () => {
    const rose = giftEvent({ giftId: "rose", unitCoins: 5, comboCount: 20, nickname: "小鹿" });
    const silentBy = (match: Partial<AlertRule["match"]>, event = rose) =>
      alertByRules(event, [ruleOf(match, { silent: true })], 0)?.silent;
    expect(silentBy({})).toBe(true);
    expect(silentBy(byId("rose"))).toBe(true);
    expect(silentBy(byId("rocket"))).toBe(false);
    expect(silentBy({ leastCoins: 100 })).toBe(true);
    expect(silentBy({ leastCoins: 101 })).toBe(false);
    expect(silentBy({ sender: "小鹿" })).toBe(true);
    expect(silentBy({ sender: "小" })).toBe(false);
    expect(silentBy({ leastCoins: 88 }, tipEvent(880))).toBe(true);
    expect(silentBy({ leastCoins: 1 }, followEvent())).toBe(false);
  });

  test("may choose another template; one that is gone leaves the template in use", () => {
    const templateBy = (template: string, inUse: string) =>
      alertByRules(giftEvent(), [ruleOf({}, { template: TemplateId.parse(template) })], 0, {
        inUse: TemplateId.parse(inUse),
        own: [],
      })?.template.templateId;
    expect(templateBy("neon", "minimal")).toBe("neon");
    expect(templateBy("gone", "minimal")).toBe("minimal");
    expect(templateBy("gone", "gone")).toBe("classic");
  });

  test("thanks nobody who would not be thanked", () => {
    expect(alertByRules(likeEvent(), [ruleOf({})], 0)).toBeUndefined();
  });

  test("may move an alert into the other lane, and words it anew as the combo grows", () => {
    const rules = [
      ruleOf({ leastCoins: 520 }, { tier: "grand", text: "{sender} 送了 {count} 个{gift}！" }),
    ];
    let queue = enqueueEvents(
      emptyQueue,
      [giftEvent({ comboId: "love", comboCount: 519 })],
      0,
      rules,
    );
    expect(queue.waiting).toMatchObject([{ tier: "small", text: "" }]);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "love", comboCount: 520 })], 0, rules);
    expect(queue.waiting).toMatchObject([{ tier: "grand" }]);
    queue = advanceQueue(queue, 0);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "love", comboCount: 521 })], 100, rules);
    const [active] = queue.active;
    expect(active && wordsOf(active.alert, "zh-CN")).toBe("晚风与猫 送了 521 个玫瑰！");
  });
});

test("the sample of a rule is worth what the rule asks for, whatever that is", () => {
  const dearest = Math.max(...knownGifts.map(({ coins }) => coins)) * 9_999;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: dearest }), (leastCoins) => {
      const rule = ruleOf({ leastCoins }, { text: "thanks" });
      const sample = sampleGift(rule, { sender: "晚风与猫", id: "sample", nowMs: 0 });
      expect(alertByRules(sample, [rule], 0)?.text).toBe("thanks");
    }),
  );
});

const rules = fc.array(
  fc
    .record({
      giftId: fc.constantFrom(null, "rose", "rocket"),
      leastCoins: fc.integer({ min: 0, max: 40 }),
      sender: fc.constantFrom("", "晚风与猫", "小鹿"),
      tier: fc.constantFrom(null, "small" as const, "grand" as const),
      text: fc.string({ maxLength: 20 }),
    })
    .map(({ tier, text, ...match }) => ruleOf(match as AlertRule["match"], { tier, text })),
  { maxLength: 6 },
);
const gifts = fc
  .record({
    giftId: fc.constantFrom("rose", "rocket"),
    unitCoins: fc.integer({ min: 1, max: 40 }),
    nickname: fc.constantFrom("晚风与猫", "小鹿"),
  })
  .map(giftEvent);

describe("laws", () => {
  test("the first rule that fits is the one: what comes after it changes nothing", () => {
    fc.assert(
      fc.property(rules, rules, gifts, (first, more, event) => {
        const alone = alertByRules(event, first, 0);
        const isUsual = first.every((rule) => alertByRules(event, [rule], 0)?.text === rule.text);
        const together = alertByRules(event, [...first, ...more], 0);
        const hit = first.find((rule) => {
          const marked = { ...rule, text: "marked" };
          return alertByRules(event, [marked], 0)?.text === "marked";
        });
        expect(together).toEqual(hit ? alone : alertByRules(event, more, 0));
        expect(hit === undefined || isUsual || alone?.text === hit.text).toBe(true);
      }),
    );
  });

  test("no rule changes who sent what, and without rules all is as usual", () => {
    fc.assert(
      fc.property(rules, gifts, (given, event) => {
        const { tier, show, silent, scene, text, template, ...rest } =
          alertByRules(event, given, 7) ?? {};
        expect([tier, show, silent, scene, text, template]).toHaveLength(6);
        expect(alertOf(event, 7, classic)).toMatchObject(rest);
        expect(alertByRules(event, [], 7)).toEqual(alertOf(event, 7, classic));
      }),
    );
  });

  test("may lend an alert the animation and sound of a gift, also as the combo grows", () => {
    const { giftId } = sampleGift(ruleOf(byId("rocket")), { sender: "a", id: "b", nowMs: 0 }) as {
      giftId: AlertRule["show"];
    };
    const rules = [ruleOf({ leastCoins: 100 }, { show: giftId })];
    expect(alertByRules(tipEvent(999), rules, 0)?.show).toBeNull();
    expect(alertByRules(tipEvent(1_000), rules, 0)?.show).toBe("rocket");
    let queue = enqueueEvents(emptyQueue, [giftEvent({ comboId: "c", comboCount: 99 })], 0, rules);
    expect(queue.waiting).toMatchObject([{ show: null }]);
    queue = enqueueEvents(queue, [giftEvent({ comboId: "c", comboCount: 100 })], 0, rules);
    expect(queue.waiting).toMatchObject([{ show: "rocket" }]);
  });

  test("the sample of a rule fits it, and is a test", () => {
    fc.assert(
      fc.property(rules, (given) => {
        for (const rule of given) {
          const event = sampleGift(rule, { sender: "测试观众", id: "sample", nowMs: 1 });
          expect(event.test).toBe(true);
          const marked = { ...rule, text: "marked" };
          expect(alertByRules(event, [marked], 0)?.text).toBe("marked");
        }
      }),
    );
  });
});
