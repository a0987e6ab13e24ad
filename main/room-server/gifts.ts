import { randomUUID } from "node:crypto";
import type { Person } from "../../preload/contract/chat.ts";
import { type ComboId, EventId } from "../../preload/contract/ids.ts";
import { Coins, multiplyCoins } from "../../preload/contract/money.ts";
import { fail, succeed, type Result } from "../../preload/contract/result.ts";
import {
  roomRequests,
  type RoomAnswer,
  type RoomData,
} from "../../preload/contract/room-protocol.ts";
import type { Connection } from "./connection.ts";
import type { Handlers } from "./handlers.ts";
import { answerOnce } from "./once.ts";
import type { Room } from "./room.ts";

interface KnownCombo {
  readonly comboId: ComboId;
  readonly comboCount: number;
  readonly final: boolean;
}

/** Takes the coins and records the gift, in one step. @param combo where the sender's side knows it; `test` is in no total */
export const sendGift = (
  room: Room,
  sender: Person,
  { requestId, giftId, count }: RoomData<"sendGift">,
  { test, combo }: { readonly test: boolean; readonly combo?: KnownCombo },
): Promise<Result<RoomAnswer<"sendGift">>> => {
  const gift = room.catalogue.get(giftId);
  if (!gift) return Promise.resolve(fail("gift.unknown"));
  const { viewerId } = sender;
  const atMs = room.clock.now();
  const totalCoins = multiplyCoins(gift.coins, count);
  const schema = roomRequests.sendGift.answer;
  return answerOnce(room, { viewerId, requestId, method: "sendGift", atMs, schema }, (writing) => {
    const had = room.identities.coins(viewerId);
    if (had < totalCoins) return fail("wallet.insufficient");
    const coins = Coins.parse(had - totalCoins);
    room.identities.setCoins(viewerId, coins);
    const { comboId, comboCount } = combo ?? room.combos.next(viewerId, giftId, count, atMs);
    const eventId = EventId.parse(randomUUID());
    const seq = writing.record({
      eventId,
      roomId: room.roomId,
      atMs,
      sender,
      test,
      type: "gift",
      giftId,
      giftName: gift.name,
      tier: gift.tier,
      count,
      unitCoins: gift.coins,
      totalCoins,
      comboId,
      comboCount,
      final: combo?.final ?? false,
    });
    return succeed({ eventId, seq, coins });
  });
};

/** The sender has the new balance in the answer; other windows of the same person are told. */
const tellOtherWindows = (connection: Connection, coins: Coins): void => {
  for (const other of connection.session.connections)
    if (other !== connection && other.scope === "full") other.notify("walletChanged", { coins });
};

export const giftHandlers = {
  getGiftCatalogue: {
    action: "room.read",
    handle: (room) => succeed({ gifts: [...room.catalogue.values()] }),
  },

  getWallet: {
    action: "room.read",
    handle: (room, { session }) =>
      succeed({ coins: room.identities.coins(session.person.viewerId) }),
  },

  sendGift: {
    action: "gift.send",
    handle: async (room, connection, data) => {
      const { session } = connection;
      if (!session.giftRate.take(room.clock.now())) return fail("request.too_many", "gifts");
      const result = await sendGift(room, session.person, data, { test: false });
      if (result.ok) tellOtherWindows(connection, result.value.coins);
      return result;
    },
  },
} satisfies Handlers<"getGiftCatalogue" | "getWallet" | "sendGift">;
