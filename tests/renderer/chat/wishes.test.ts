import { expect, test } from "vitest";
import { ViewerId } from "../../../preload/contract/ids.ts";
import { noRules, shieldRules } from "../../../preload/contract/moderation.ts";
import { bondWith, pinnedWith, rulesWith } from "../../../renderer/chat/wishes.ts";
import { createFeed } from "../../../renderer/chat/feed.ts";
import { LedgerTotals } from "../../../preload/contract/ledger.ts";
import { RecordEvent } from "../../../preload/contract/gift.ts";

const mia = { viewerId: "mia", nickname: "Mia", role: "viewer" };
const miaId = ViewerId.parse("mia");

test("the latest wish of a kind holds, until it is no more", () => {
  expect(rulesWith(noRules, [])).toBe(noRules);
  expect(
    rulesWith(noRules, [
      { kind: "rules", change: { slowModeSeconds: 5 } },
      { kind: "rules", change: { slowModeSeconds: 10, muteAll: true } },
    ]),
  ).toEqual({ ...noRules, slowModeSeconds: 10, muteAll: true });
  expect(pinnedWith(null, [{ kind: "pinned", message: null }])).toBeNull();
});

test("the shield shows its strict rules at once", () => {
  expect(rulesWith(noRules, [{ kind: "rules", change: { shield: true } }])).toEqual(
    shieldRules(noRules),
  );
});

test("a person's bond is what was told last, and what was asked for since", () => {
  const feed = createFeed(
    () => () => undefined,
    () => 0,
  );
  const totals = LedgerTotals.parse({ giftCoins: 0, giftCount: 0, tipFen: 0, follows: 0 });
  let seq = 0;
  const tell = (act: object) => {
    seq += 1;
    const base = { eventId: `e${seq}`, roomId: "main", seq, atMs: seq, test: false, reason: "" };
    const sender = { viewerId: "anchor", nickname: "主播", role: "anchor" };
    feed.addRecords([RecordEvent.parse({ ...base, sender, type: "moderation", act })], 0, totals);
  };
  const bond = (nowMs = 100) => bondWith(feed, miaId, nowMs, []);
  expect(bond()).toBeNull();
  tell({ kind: "timeOut", target: mia, seconds: 60, untilMs: 1_000, removedMessageIds: [] });
  expect([bond(), bond(1_000)]).toEqual(["timedOut", null]);
  tell({ kind: "warn", target: mia });
  tell({
    kind: "ban",
    target: { ...mia, viewerId: "leo" },
    addressesUntilMs: null,
    removedMessageIds: [],
  });
  expect(bond()).toBe("timedOut");
  tell({
    kind: "undo",
    undoneEventId: "e1",
    undoneKind: "timeOut",
    target: mia,
    restoredMessages: [],
  });
  expect(bond()).toBeNull();
  tell({ kind: "ban", target: mia, addressesUntilMs: null, removedMessageIds: [] });
  expect(bond()).toBe("banned");
  expect(bondWith(feed, miaId, 100, [{ kind: "bond", viewerId: miaId, bond: null }])).toBeNull();
  tell({ kind: "unban", target: mia });
  expect(bond()).toBeNull();
});
