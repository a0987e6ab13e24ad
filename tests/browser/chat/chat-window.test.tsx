import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { createStore } from "zustand/vanilla";
import type { Locale } from "../../../preload/contract/settings.ts";
import { ChatApp } from "../../../renderer/chat/ChatApp.tsx";
import { createWords } from "../../../renderer/i18n/words.ts";
import "../../../renderer/ui/tokens.css";
import { anchor, createFakeChat, type FakeChat, mia } from "../../fakes/fake-chat.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

const open = async (fake: FakeChat, locale: Locale = "en"): Promise<FakeChat> => {
  await page.viewport(420, 720);
  const root = Object.assign(document.createElement("div"), { id: "root" });
  document.body.append(root);
  const react = createRoot(root);
  react.render(
    <ChatApp
      chat={fake.chat}
      settings={fake.settings}
      locale={createStore(() => ({ locale }))}
      words={createWords(locale)}
      nonce=""
    />,
  );
  closing.push(() => {
    react.unmount();
    root.remove();
    fake.feed.close();
  });
  const input = locale === "en" ? "Say something as the anchor" : "以主播身份发言";
  await expect.element(page.getByPlaceholder(input)).toBeVisible();
  return fake;
};
const select = async (text: string) => {
  await page.getByRole("log").getByText(text).click();
  await expect.element(page.getByRole("toolbar")).toBeVisible();
};
const isStruck = (text: string) =>
  page
    .getByRole("log")
    .getByText(text)
    .element()
    .closest("[data-deleted]")
    ?.getAttribute("data-deleted");
const last = ({ asked }: FakeChat) => {
  const question = asked.at(-1);
  if (!question) throw new Error("nothing was asked");
  return question;
};

describe("an act is seen at once, and was never done where the room refuses", () => {
  test("a deletion", async () => {
    const fake = await open(createFakeChat());
    fake.say("rude words");
    await select("rude words");
    await userEvent.keyboard("d");
    await expect.poll(() => isStruck("rude words")).toBe("true");
    last(fake).refuse("moderation.not_on_this_person");
    await expect.poll(() => isStruck("rude words")).toBe("false");
    await expect.element(page.getByText("You cannot do this to this person.")).toBeVisible();
  });

  test("a ban with the messages that it takes, and what the room then tells", async () => {
    const fake = await open(createFakeChat());
    const first = fake.say("one");
    fake.say("two");
    fake.say("not hers", { viewerId: "leo", nickname: "Leo", role: "viewer" });
    await select("two");
    const bond = page.getByRole("toolbar").getByRole("status");
    const ban = async () => {
      await userEvent.keyboard("b");
      await expect.element(page.getByRole("dialog")).toBeVisible();
      await userEvent.keyboard("{Enter}");
    };
    await ban();
    await expect.element(bond).toHaveTextContent("banned");
    await expect
      .poll(() => [isStruck("one"), isStruck("two"), isStruck("not hers")])
      .toEqual(["true", "true", "false"]);
    last(fake).refuse("room.unreachable");
    await expect.poll(() => [isStruck("one"), isStruck("two")]).toEqual(["false", "false"]);
    await expect.element(bond).not.toBeInTheDocument();

    await ban();
    last(fake).answer();
    fake.tell({
      kind: "ban",
      target: mia,
      addressesUntilMs: null,
      removedMessageIds: [first.messageId],
    });
    await expect.element(bond).toHaveTextContent("banned");
    await expect.poll(() => isStruck("one")).toBe("true");
  });

  test("a time-out", async () => {
    const fake = await open(createFakeChat());
    fake.say("spam");
    await select("spam");
    await userEvent.keyboard("t");
    await expect.element(page.getByRole("dialog")).toBeVisible();
    await userEvent.keyboard("{Enter}");
    const bond = page.getByRole("toolbar").getByRole("status");
    await expect.element(bond).toHaveTextContent("timed out");
    expect(isStruck("spam")).toBe("false");
    last(fake).refuse("request.too_many");
    await expect.element(bond).not.toBeInTheDocument();
  });

  test("a pin, a flag and a rule", async () => {
    const fake = await open(createFakeChat());
    fake.say("tonight at eight");
    await select("tonight at eight");
    await userEvent.keyboard("p");
    const unpin = page.getByRole("button", { name: "Take down the pin" });
    await expect.element(unpin.first()).toBeVisible();
    last(fake).refuse("moderation.message_unknown");
    await expect.element(unpin).not.toBeInTheDocument();

    await userEvent.keyboard("f");
    const waiting = page.getByRole("status", { name: "1 message waits for the anchor" });
    await expect.element(waiting).toBeVisible();
    const mark = page.getByRole("log").getByRole("img", { name: "Flagged for the anchor" });
    await expect.element(mark).toBeVisible();
    expect(mark.element().closest("[data-row]")?.textContent).toContain("tonight at eight");
    last(fake).refuse("moderation.flagged_full");
    await expect.element(waiting).not.toBeInTheDocument();
    await expect.element(mark).not.toBeInTheDocument();

    await userEvent.keyboard("m");
    const muteAll = page.getByRole("switch", { name: "Mute all" });
    await muteAll.click();
    await expect.element(muteAll).toBeChecked();
    last(fake).refuse("request.too_many");
    await expect.element(muteAll).not.toBeChecked();
  });

  test("a denial", async () => {
    const held = [{ messageId: "held-1", atMs: 1, sender: mia, text: "join my group", words: [] }];
    const fake = await open(createFakeChat({ held }));
    const bar = page.getByRole("region", { name: "Messages that wait" });
    await expect.element(bar).toBeVisible();
    await userEvent.keyboard("x");
    await expect.element(page.getByRole("dialog")).toBeVisible();
    await userEvent.keyboard("{Enter}");
    await expect.element(bar).not.toBeInTheDocument();
    last(fake).refuse("request.too_many");
    await expect.element(bar).toBeVisible();
  });
});

test("a few of the waiting messages are shown, by a key all of them", async () => {
  const held = Array.from({ length: 40 }, (_, index) => ({
    messageId: `held-${index}`,
    atMs: index,
    sender: mia,
    text: `waiting number ${index}`,
    words: [],
  }));
  await open(createFakeChat({ held }));
  const waiting = page.getByRole("region", { name: "Messages that wait" });
  const lines = () => waiting.getByRole("listitem").elements().length;
  await expect.poll(lines).toBe(3);
  await userEvent.keyboard("h");
  await expect.poll(lines).toBe(40);
  await page.getByRole("button", { name: "Show few" }).click();
  await expect.poll(lines).toBe(3);
});

test.each(["en", "zh-CN"] as const)("at its narrowest no label is cut (%s)", async (locale) => {
  const fake = await open(createFakeChat(), locale);
  await page.viewport(320, 560);
  fake.say("spam");
  await select("spam");
  const cut = () =>
    [...document.querySelectorAll<HTMLElement>("[role=dialog] :is(label *, button)")]
      .filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
      .flatMap(({ textContent }) => textContent || []);
  const dialog = page.getByRole("dialog");
  const labels = () => dialog.element().querySelectorAll("label").length;
  for (const key of ["t", "m", ","]) {
    await userEvent.keyboard(key);
    await expect.element(dialog).toBeVisible();
    await expect.poll(labels).toBeGreaterThan(3);
    expect(cut()).toEqual([]);
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog).not.toBeInTheDocument();
  }
});

test("while the connection is lost the window says that acting is paused, and keeps what was written", async () => {
  const fake = await open(createFakeChat());
  fake.say("spam");
  await select("spam");
  await userEvent.keyboard("b");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("again and again");
  fake.lose();
  await expect.poll(() => dialog.element().textContent).toContain("acting is paused");
  await expect.element(dialog.getByRole("button", { name: "Ban" })).toBeDisabled();
  await userEvent.keyboard("{Enter}");
  expect(fake.asked).toEqual([]);
  await expect.element(dialog.getByRole("textbox")).toHaveValue("again and again");
  await userEvent.keyboard("{Escape}");
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(page.getByRole("alert").getByText(/acting is paused/)).toBeVisible();
  for (const key of ["d", "t", "b", "w", "p", "f", "u", "m"]) await userEvent.keyboard(key);
  expect(fake.asked).toEqual([]);
  expect(dialog.elements()).toEqual([]);
});

const shown = () =>
  [...document.querySelectorAll("[data-row]")].map(({ textContent }) => textContent ?? "");
const isSelected = (text: string) =>
  document.querySelector("[data-selected=true]")?.textContent?.includes(text) ?? false;

test("from the search to what was found and back, by the keyboard: Escape goes one step at a time", async () => {
  const fake = await open(createFakeChat());
  for (const text of ["a raffle?", "hello", "the raffle at eight", "bye"]) fake.say(text);
  await expect.poll(() => shown().length).toBe(4);
  await userEvent.keyboard("/");
  const search = page.getByPlaceholder("Search words or nicknames");
  await expect.element(search).toHaveFocus();
  await userEvent.keyboard("raffle");
  await expect.poll(() => shown().length).toBe(2);
  await userEvent.keyboard("{Enter}");
  await expect.element(search).not.toHaveFocus();
  await expect.poll(() => isSelected("the raffle at eight")).toBe(true);
  await userEvent.keyboard("k");
  await expect.poll(() => isSelected("a raffle?")).toBe(true);
  await userEvent.keyboard("g");
  await expect.poll(() => shown().length).toBe(0);
  await userEvent.keyboard("g");
  await userEvent.keyboard("j");
  await expect.poll(() => isSelected("the raffle at eight")).toBe(true);
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => isSelected("")).toBe(false);
  expect(shown().length).toBe(2);
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => shown().length).toBe(4);
  await expect.element(search).toHaveValue("");
});

test("the focus comes back to where a dialog was opened from", async () => {
  const held = [{ messageId: "held-1", atMs: 1, sender: mia, text: "join my group", words: [] }];
  const fake = await open(createFakeChat({ held }));
  fake.say("spam");
  await select("spam");
  const names = [
    "Govern the room",
    "Big type",
    "Keys",
    "Chat window settings",
    "Open the card",
    "Warn",
    "Time out",
    "Ban",
    "Keep back",
  ];
  const dialog = page.getByRole("dialog");
  for (const name of names) {
    const button = page.getByRole("button", { name, exact: true }).first();
    await expect.element(button).toBeVisible();
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
    await expect.element(dialog).toBeVisible();
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog).not.toBeInTheDocument();
    await expect
      .poll(() => document.activeElement?.getAttribute("aria-label"), { message: name })
      .toBe(name);
  }
});

test("who is not let in is told why, and nothing of a lost connection or of the anchor's", async () => {
  const fake = await open(createFakeChat());
  fake.refuse("invitation.invalid");
  const alert = page.getByRole("alert");
  await expect.poll(() => alert.element().textContent).toMatch(/^This invitation/);
  await expect.element(page.getByText(/once you are live/)).not.toBeInTheDocument();
  await expect.element(page.getByRole("textbox", { name: /anchor/ })).not.toBeInTheDocument();
});

test("of many words each can be reached by scrolling down, none is beside the list", async () => {
  const fake = await open(createFakeChat());
  await page.viewport(360, 720);
  await userEvent.keyboard("m");
  await page.getByText("Words", { exact: true }).click();
  await expect.poll(() => last(fake).method).toBe("getBlockedWords");
  const words = Array.from({ length: 40 }, (_, index) => ({
    word: `word${index}`,
    severity: "block",
  }));
  last(fake).answer({ words, total: words.length });
  const list = page.getByRole("list", { name: "Block" });
  await expect.poll(() => list.element().children.length).toBe(40);
  const { clientWidth, scrollWidth } = list.element();
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});

test("what was done and its undoing stand side by side, below the time", async () => {
  const fake = await open(createFakeChat());
  await page.viewport(360, 720);
  await userEvent.keyboard("m");
  await page.getByText("Log", { exact: true }).click();
  await expect.poll(() => last(fake).method).toBe("getModerationLog");
  const rules = { muteAll: false, slowModeSeconds: null, followersOnlyMinutes: null };
  last(fake).answer({
    entries: [
      {
        eventId: "event-1",
        seq: 1,
        atMs: 1,
        by: anchor,
        act: {
          kind: "setRules",
          before: { ...rules, holdNewcomersMinutes: null, shield: false },
          after: {
            ...rules,
            slowModeSeconds: 30,
            followersOnlyMinutes: 10,
            holdNewcomersMinutes: 1_440,
            shield: true,
          },
        },
        reason: "",
        undoneBy: null,
      },
    ],
  });
  const entry = page.getByRole("listitem");
  await expect
    .poll(() => entry.element().textContent)
    .toContain(
      "put the raid shield up, turned slow mode on (30 seconds), turned followers only on (followed for 10 minutes), has newcomers' messages wait (newer than 1 day)",
    );
  const undo = entry.getByRole("button").element().getBoundingClientRect();
  const text = entry
    .getByText(/raid shield/)
    .element()
    .getBoundingClientRect();
  expect(undo.left).toBeGreaterThanOrEqual(text.right);
  expect(undo.top).toBeLessThan(text.bottom);
});
