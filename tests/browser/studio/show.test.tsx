import { describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { fail } from "../../../preload/contract/result.ts";
import type { FakeStudio } from "../../fakes/fake-studio.ts";
import { named, open } from "./opened-studio.tsx";

const phase = (studio: FakeStudio) => studio.engine.broadcast.getState().phase;

describe("show", () => {
  test("asks before it ends, and goes on by Enter", async () => {
    const studio = await open();
    await userEvent.click(page.getByRole("button", { name: "Go live" }));
    await userEvent.click(page.getByRole("button", { name: "End", exact: true }));
    await expect.element(page.getByRole("dialog").getByText("12", { exact: true })).toBeVisible();
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    expect(phase(studio)).toBe("live");
    await userEvent.click(page.getByRole("button", { name: "End", exact: true }));
    await userEvent.click(page.getByRole("dialog").getByRole("button", { name: "End" }));
    expect(phase(studio)).toBe("idle");
  });

  test("says why it did not begin", async () => {
    const studio = await open();
    studio.engine.goLiveAnswer = fail("uplink.ice_failed");
    await userEvent.click(page.getByRole("button", { name: "Go live" }));
    await expect.element(page.getByText(/A firewall may be in the way/)).toBeVisible();
    await expect.element(page.getByRole("button", { name: "Try again" })).toBeEnabled();
  });

  test("that is interrupted says for how long, why, and what to do", async () => {
    const studio = await open();
    studio.engine.broadcast.setState(
      {
        phase: "reconnecting",
        sinceMs: Date.now() - 60_000,
        downSinceMs: Date.now(),
        error: { code: "room.unreachable" },
      },
      true,
    );
    await expect.element(page.getByText(/No picture for [1-3] s/)).toBeVisible();
    await expect.element(page.getByText(/Check the network; no need to go live/)).toBeVisible();
    studio.engine.broadcast.setState({ phase: "live", sinceMs: Date.now() }, true);
    await expect.element(page.getByText(/No picture for/)).not.toBeInTheDocument();
  });

  test("that was cut off is gone on with, or ended, as the anchor answers", async () => {
    const studio = await open();
    const sinceMs = Date.now() - 3_600_000;
    studio.notices.setState({ offeredSinceMs: sinceMs });
    const dialog = page.getByRole("dialog");
    await expect.element(dialog.getByText(/01:00:\d\d/)).toBeVisible();
    // It is too much to be dismissed by a slip.
    await userEvent.keyboard("{Escape}");
    await expect.element(dialog).toBeVisible();
    await userEvent.click(dialog.getByRole("button", { name: "Go on with the show" }));
    await expect.element(dialog).not.toBeInTheDocument();
    expect(studio.engine.broadcast.getState()).toEqual({ phase: "live", sinceMs });

    studio.engine.broadcast.setState({ phase: "idle" }, true);
    studio.notices.setState({ offeredSinceMs: sinceMs });
    await userEvent.click(dialog.getByRole("button", { name: "End the show" }));
    await expect.element(dialog).not.toBeInTheDocument();
    expect(named(studio, "show.setLive")).toEqual([
      { name: "show.setLive", input: { live: false } },
    ]);
    expect(phase(studio)).toBe("idle");
  });

  test("is ended before the app quits", async () => {
    const studio = await open();
    await studio.engine.goLive();
    studio.notices.setState({ quitRequested: true });
    await userEvent.click(page.getByRole("button", { name: "End and quit" }));
    await expect
      .poll(() => named(studio, "app.quit"))
      .toEqual([{ name: "app.quit", input: { force: true } }]);
    expect(phase(studio)).toBe("idle");
  });

  test("goes on where the anchor does not quit", async () => {
    const studio = await open();
    await studio.engine.goLive();
    studio.notices.setState({ quitRequested: true });
    await userEvent.click(page.getByRole("button", { name: "Keep on" }));
    expect([phase(studio), named(studio, "app.quit")]).toEqual(["live", []]);
  });
});

describe("an update", () => {
  test("is offered when it is ready, can be put off, and comes back for the next version", async () => {
    const studio = await open("zh-CN");
    studio.notices.setState({ update: { status: "downloading", version: "1.2.0" } });
    await expect.element(page.getByText("立即重启")).not.toBeInTheDocument();
    studio.notices.setState({ update: { status: "ready", version: "1.2.0" } });
    await expect.element(page.getByText(/新版本 1.2.0/)).toBeVisible();
    await page.getByRole("button", { name: "稍后" }).click();
    await expect.element(page.getByText(/新版本 1.2.0/)).not.toBeInTheDocument();
    studio.notices.setState({ update: { status: "ready", version: "1.3.0" } });
    await page.getByRole("button", { name: "立即重启" }).click();
    expect(named(studio, "update.install")).toHaveLength(1);
  });

  test("is not offered while live", async () => {
    const studio = await open("en");
    studio.notices.setState({ update: { status: "ready", version: "1.2.0" } });
    await expect.element(page.getByText(/Version 1.2.0 is ready/)).toBeVisible();
    await page.getByRole("button", { name: "Go live" }).click();
    await expect.poll(() => phase(studio)).toBe("live");
    await expect.element(page.getByText(/Version 1.2.0 is ready/)).not.toBeInTheDocument();
  });
});

describe("a room that a link offers", () => {
  const offer = { type: "room", offerId: 7, host: "room.example:4443", encrypted: true } as const;

  test("is named by its host, and used on the anchor's word only", async () => {
    const studio = await open("zh-CN");
    studio.notices.setState({ roomOffer: offer });
    const question = page.getByRole("dialog");
    await expect.element(question.getByText("room.example:4443")).toBeVisible();
    await expect.element(question.getByText(/连接没有加密/)).not.toBeInTheDocument();
    await question.getByRole("button", { name: "使用这个房间" }).click();
    expect(named(studio, "room.answerOffer")).toEqual([
      { name: "room.answerOffer", input: { offerId: 7, accept: true } },
    ]);
  });

  test("is refused by Enter and Escape, and is said to be open to others where it is", async () => {
    const studio = await open("en");
    studio.notices.setState({ roomOffer: { ...offer, encrypted: false } });
    await expect.element(page.getByText(/^The connection is not encrypted/)).toBeVisible();
    await userEvent.keyboard("{Enter}");
    expect(named(studio, "room.answerOffer")).toEqual([
      { name: "room.answerOffer", input: { offerId: 7, accept: false } },
    ]);
  });

  test("waits while live", async () => {
    const studio = await open("en");
    await page.getByRole("button", { name: "Go live" }).click();
    await expect.poll(() => phase(studio)).toBe("live");
    studio.notices.setState({ roomOffer: offer });
    await expect.element(page.getByText("room.example:4443")).not.toBeInTheDocument();
  });
});
