// The list of the chat window: what is seen of it while lines come and go.
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { createStore } from "zustand/vanilla";
import { ChatMessage } from "../../../preload/contract/chat.ts";
import { usualChatSettings } from "../../../preload/contract/chat-settings.ts";
import type { Locale } from "../../../preload/contract/settings.ts";
import { fail, succeed } from "../../../preload/contract/result.ts";
import { ChatApp } from "../../../renderer/chat/ChatApp.tsx";
import { createChatSettingsStore } from "../../../renderer/chat/chat-settings-store.ts";
import { createFeed, feedCapacity } from "../../../renderer/chat/feed.ts";
import { createCalmSchedule } from "../../../renderer/chat/schedule-calmly.ts";
import { createWords } from "../../../renderer/i18n/words.ts";
import "../../../renderer/ui/tokens.css";
import { rehearsalRoom } from "../../fakes/fake-studio.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

/** From one line to six, so that no guess of a row's height holds. */
const textOf = (n: number): string => `#${n} ${"你好主播".repeat((n * 7) % 38)}`;
const message = (n: number): ChatMessage =>
  ChatMessage.parse({
    messageId: `m${n}`,
    roomId: "main",
    chatSeq: n,
    atMs: 1_000,
    sender: { viewerId: `v${n % 10}`, nickname: `viewer${n % 10}`, role: "viewer" },
    text: textOf(n),
  });

/** The chat window over a feed, in the size in which it opens. */
const open = async () => {
  await page.viewport(420, 760);
  const feed = createFeed(createCalmSchedule(0), () => Date.now());
  const settings = createChatSettingsStore(usualChatSettings, (patch) =>
    Promise.resolve(succeed({ ...settings.state.getState(), ...patch })),
  );
  const root = Object.assign(document.createElement("div"), { id: "root" });
  document.body.append(root);
  const react = createRoot(root);
  react.render(
    <ChatApp
      chat={{
        feed,
        room: createStore(() => rehearsalRoom),
        ask: () => Promise.resolve(fail("request.failed")),
        createId: () => "id",
      }}
      settings={settings}
      locale={createStore<{ readonly locale: Locale }>(() => ({ locale: "en" }))}
      words={createWords("en")}
      nonce=""
    />,
  );
  closing.push(() => {
    react.unmount();
    root.remove();
    feed.close();
  });
  let said = 0;
  /** As many more lines; the feed has them at once. */
  const say = (count: number): void => {
    const from = said + 1;
    said += count;
    feed.addMessages(
      Array.from({ length: count }, (_, index) => message(from + index)),
      0,
    );
  };
  say(1);
  await expect.poll(() => document.querySelector("[data-row]")).not.toBeNull();
  return { feed, settings, say, newest: () => said };
};

const frame = (): Promise<void> =>
  new Promise((done) => {
    requestAnimationFrame(() => {
      // After this frame's drawing.
      const channel = new MessageChannel();
      channel.port1.addEventListener("message", () => done());
      channel.port1.start();
      channel.port2.postMessage(null);
    });
  });
const frames = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await frame();
};

const log = (): HTMLElement => page.getByRole("log").element() as HTMLElement;
const pill = () => page.getByRole("button", { name: /new message|Back to the newest/ });

interface Seen {
  /** The message's number, and where it begins and ends below the list's beginning. */
  readonly n: number;
  readonly top: number;
  readonly bottom: number;
}
/** What can be read of the list, from the top down. */
const sight = (): Seen[] => {
  const list = log();
  const { top: from, bottom: to } = list.getBoundingClientRect();
  return [...list.querySelectorAll("[data-row]")].flatMap((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    const n = Number(/#(\d+)/.exec(row.textContent)?.[1]);
    return bottom > from && top < to ? [{ n, top: top - from, bottom: bottom - from }] : [];
  });
};
const heightPx = (): number => log().clientHeight;
/** The sight is full, of rows one below the other. */
const expectFull = (seen: readonly Seen[]): void => {
  expect(seen[0]?.top).toBeLessThanOrEqual(0.5);
  expect(seen.at(-1)?.bottom).toBeGreaterThanOrEqual(heightPx() - 0.5);
  for (const [index, { n, top }] of seen.entries()) {
    const before = seen[index - 1];
    if (!before) continue;
    expect(n).toBe(before.n + 1);
    expect(Math.abs(top - before.bottom)).toBeLessThan(0.5);
  }
};
const expectAtEnd = (newest: number): void => {
  const seen = sight();
  expectFull(seen);
  expect(seen.at(-1)?.n).toBe(newest);
  expect(Math.abs((seen.at(-1)?.bottom ?? 0) - heightPx())).toBeLessThan(1);
};
const wheel = async (y: number): Promise<void> => {
  await userEvent.wheel(page.getByRole("log"), { delta: { y } });
  await frames(3);
};
/** Scrolls as by the bar. */
const scrollBy = async (px: number): Promise<void> => {
  log().scrollTop += px;
  await frames(3);
};

describe("following", () => {
  test("few lines begin at the top, and stay there", async () => {
    const { say } = await open();
    say(3);
    await frames(2);
    const [first] = sight();
    expect(first).toMatchObject({ n: 1, top: 0 });
    say(1);
    await frames(2);
    expect(sight()[0]).toEqual(first);
  });

  test("each frame of a storm ends with the newest line and is full", async () => {
    const { say, newest } = await open();
    say(300);
    await frames(3);
    for (const count of [1, 2, 5, 16, 1, 40, 100, 3, 700, 1, 1, 9]) {
      say(count);
      await frames(2);
      expectAtEnd(newest());
    }
    await expect.element(pill()).not.toBeInTheDocument();
  });

  test("the end stays where it is when letters, density and the window change", async () => {
    const { say, newest, settings } = await open();
    say(400);
    await frames(3);
    for (const change of [{ fontPx: 22 }, { density: "comfortable" as const }, { fontPx: 12 }]) {
      void settings.update(change);
      await frames(3);
      expectAtEnd(newest());
    }
    for (const [width, height] of [
      [340, 500],
      [700, 900],
    ] as const) {
      await page.viewport(width, height);
      await frames(4);
      say(1);
      await frames(2);
      expectAtEnd(newest());
    }
    expect(log().clientWidth).toBeGreaterThan(650);
  });
});

describe("held", () => {
  test("nothing moves while lines come and old ones go, and the pill counts them", async () => {
    const { say, feed } = await open();
    say(feedCapacity);
    await frames(3);
    const before = sight();
    await wheel(-300);
    const held = sight();
    expectFull(held);
    // It has been scrolled, not thrown about: what is still in sight has moved together, by what the wheel turned.
    const moved = before.flatMap(({ n, top }) => {
      const now = held.find((each) => each.n === n);
      return now ? [now.top - top] : [];
    });
    expect(moved.length).toBeGreaterThan(3);
    for (const px of moved) expect(Math.abs(px - 300)).toBeLessThan(1);
    for (let n = 0; n < 12; n += 1) {
      say(3_000);
      await frame();
      expect(sight()).toEqual(held);
    }
    await frames(2);
    expect(sight()).toEqual(held);
    await expect.element(page.getByRole("button", { name: "36000 new messages" })).toBeVisible();
    // More than the ring keeps for nobody.
    expect(feed.end - feed.first).toBeGreaterThan(feedCapacity);
  });

  test("begins where the bar is drawn to, and ends by the wheel at the end", async () => {
    const { say, newest } = await open();
    say(300);
    await frames(3);
    await scrollBy(-8_000);
    await expect.element(pill()).toBeVisible();
    const held = sight();
    expectFull(held);
    // Somewhere before those that were drawn, and not at the beginning.
    expect(held[0]?.n).toBeGreaterThan(10);
    expect(held[0]?.n).toBeLessThan(180);
    await scrollBy(100_000);
    await expect.element(pill()).not.toBeInTheDocument();
    expectAtEnd(newest());
    log()
      .querySelector("[data-row]")
      ?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    await frames(3);
    await expect.element(pill()).toBeVisible();
    await wheel(100);
    await expect.element(pill()).not.toBeInTheDocument();
    expectAtEnd(newest());
  });

  test("rows above and below those in sight may leave the ring; where those in sight have left, the oldest are seen", async () => {
    const { say, feed, newest } = await open();
    say(feedCapacity);
    await frames(3);
    await wheel(-300);
    // To the middle of all there is.
    log().scrollTop = log().scrollHeight / 2;
    await frames(4);
    const held = sight();
    expectFull(held);
    const { n: top = 0 } = held[0] ?? {};
    expect(top).toBeGreaterThan(20_000);
    expect(top).toBeLessThan(30_000);
    say(2 * feedCapacity - newest() + top - 1_000);
    await frames(3);
    expect(feed.at(top - 1_200)).toBeUndefined();
    expect(sight()).toEqual(held);
    say(1_500);
    await frames(3);
    const oldest = sight();
    expectFull(oldest);
    expect(oldest[0]?.n).toBe(feed.first + 1);
    // All that was there when reading back began is gone.
    say(2 * feedCapacity);
    await frames(3);
    expectFull(sight());
    await expect.element(pill()).toBeVisible();
    await userEvent.click(pill());
    await frames(3);
    expectAtEnd(newest());
  });

  test("the row at the top stays there when letters, density and the width change", async () => {
    const { say, settings } = await open();
    say(2_000);
    await frames(3);
    await wheel(-3_000);
    const change = async (by: () => unknown): Promise<void> => {
      const [top] = sight();
      await by();
      say(5);
      await frames(4);
      const seen = sight();
      expectFull(seen);
      expect(seen[0]?.n).toBe(top?.n);
    };
    await change(() => settings.update({ fontPx: 20 }));
    await change(() => settings.update({ density: "comfortable" }));
    await change(() => page.viewport(600, 760));
    await change(() => settings.update({ fontPx: 12, density: "compact" }));
  });

  test("reading back a thousand lines shows each of them, in its order, and never a gap", async () => {
    const { say } = await open();
    say(3_000);
    await frames(3);
    await wheel(-100);
    let lowest = sight()[0]?.n ?? 0;
    for (let turn = 0; turn < 60; turn += 1) {
      const before = sight();
      await scrollBy(-400);
      const seen = sight();
      expectFull(seen);
      const [common] = before.filter(({ n }) => seen.some((each) => each.n === n));
      const now = seen.find(({ n }) => n === common?.n);
      // No line was passed over, and those that are still there went down by what was scrolled.
      expect(now).toBeDefined();
      expect(Math.abs((now?.top ?? 0) - (common?.top ?? 0) - 400)).toBeLessThan(1);
      lowest = Math.min(lowest, seen[0]?.n ?? lowest);
    }
    expect(lowest).toBeLessThan(2_700);
  });

  test("a line that is taken back above the sight, and becomes longer by it, moves nothing", async () => {
    const { say, feed } = await open();
    say(500);
    await frames(3);
    await wheel(-1_500);
    const held = sight();
    expectFull(held);
    const before = log().scrollHeight;
    const [first] = held;
    for (let n = (first?.n ?? 0) - 20; n < (first?.n ?? 0); n += 1)
      feed.markDeleted(message(n).messageId, "a moderator of a rather long name");
    await frames(3);
    expect(log().scrollHeight).toBeGreaterThan(before + 50);
    const seen = sight();
    expect(seen.map(({ n }) => n)).toEqual(held.map(({ n }) => n));
    for (const [index, { top }] of seen.entries())
      expect(Math.abs(top - (held[index]?.top ?? 0))).toBeLessThan(1);
  });

  test.each(["pill", "End", "scroll"])("following begins again by %s", async (way) => {
    const { say, newest } = await open();
    say(500);
    await frames(3);
    await wheel(-1_000);
    say(20);
    await frames(2);
    if (way === "pill") await userEvent.click(pill());
    else if (way === "End") await userEvent.keyboard("{End}");
    else await wheel(5_000);
    await expect.element(pill()).not.toBeInTheDocument();
    say(7);
    await frames(3);
    expectAtEnd(newest());
  });

  test("the end of what was held takes in what has come since, where that is much", async () => {
    const { say, newest } = await open();
    say(500);
    await frames(3);
    await wheel(-1_000);
    const end = newest();
    say(400);
    await frames(2);
    await wheel(1_000);
    await expect.element(pill()).toBeVisible();
    expectFull(sight());
    await wheel(600);
    expectFull(sight());
    expect(sight().at(-1)?.n).toBeGreaterThan(end);
    expect(sight().at(-1)?.n).toBeLessThan(newest());
  });
});

describe("a narrower list", () => {
  const fits = (n: number): boolean => n % 10 === 7;
  const search = (word: string) => userEvent.fill(page.getByPlaceholder(/Search/), word);

  test("a search while held shows the newest hits, follows them, and ends at the newest of all", async () => {
    const { say, newest } = await open();
    say(2_000);
    await frames(3);
    await wheel(-2_000);
    await search("viewer7");
    await frames(4);
    const numbers = () => sight().map(({ n }) => n);
    expect(numbers().every(fits)).toBe(true);
    expect(numbers().at(-1)).toBe(1_997);
    await expect.element(pill()).not.toBeInTheDocument();
    say(30);
    await frames(3);
    expect(numbers().at(-1)).toBe(2_027);
    await wheel(-200);
    const held = sight();
    say(1_000);
    await frames(3);
    expect(sight()).toEqual(held);
    await expect.element(page.getByRole("button", { name: "100 new messages" })).toBeVisible();
    await search("");
    await frames(4);
    expectAtEnd(newest());
  });
});

describe("a selected line", () => {
  const selected = () => document.querySelector('[data-selected="true"]');
  const isInSight = (): boolean => {
    const list = log().getBoundingClientRect();
    const row = selected()?.getBoundingClientRect();
    return row !== undefined && row.top >= list.top - 0.5 && row.bottom <= list.bottom + 0.5;
  };

  test("is kept in sight by the keys, wherever the list was scrolled to meanwhile", async () => {
    const { say } = await open();
    say(1_000);
    await frames(3);
    await userEvent.keyboard("k".repeat(120));
    await frames(3);
    expect(selected()?.textContent).toContain("#882 ");
    expect(isInSight()).toBe(true);
    await scrollBy(-12_000);
    expect(selected()).toBeNull();
    await userEvent.keyboard("j");
    await frames(4);
    expect(selected()?.textContent).toContain("#883 ");
    expect(isInSight()).toBe(true);
    expectFull(sight());
  });

  test.each(["click", "key"])(
    "is seen whole where it is the last, above the pill: by %s",
    async (way) => {
      const { say, newest } = await open();
      say(300);
      await frames(3);
      if (way === "key") await userEvent.keyboard("k");
      // In the middle, where the pill comes.
      else await userEvent.click(log().querySelector("[data-row]:last-child") ?? log());
      await frames(4);
      expect(selected()?.textContent).toContain(`#${newest()} `);
      expect(isInSight()).toBe(true);
      const pillTop = pill().element().getBoundingClientRect().top;
      expect(selected()?.getBoundingClientRect().bottom).toBeLessThanOrEqual(pillTop);
      say(1);
      await frames(3);
      await userEvent.keyboard("j");
      await frames(4);
      expect(selected()?.textContent).toContain(`#${newest()} `);
      expect(selected()?.getBoundingClientRect().bottom).toBeLessThanOrEqual(pillTop);
    },
  );

  test("is the one that was clicked, also in a storm, and stays under the pointer", async () => {
    const { say } = await open();
    say(300);
    await frames(3);
    const storm = setInterval(() => say(20), 16);
    const row = log().querySelectorAll("[data-row]");
    const target = [...row].at(-4);
    if (!target) throw new Error("no row");
    try {
      const text = /#\d+ /.exec(target.textContent)?.[0];
      target.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0 }));
      const at = target.getBoundingClientRect().top;
      await frames(6);
      expect(target.isConnected).toBe(true);
      expect(target.textContent).toContain(text);
      target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      await frames(4);
      expect(selected()?.textContent).toContain(text);
      expect(Math.abs((selected()?.getBoundingClientRect().top ?? 0) - at)).toBeLessThan(1);
    } finally {
      clearInterval(storm);
    }
  });
});
