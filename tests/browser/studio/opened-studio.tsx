// The studio's window over a fake studio, for tests that look at it.
import { createRoot } from "react-dom/client";
import { afterEach, expect } from "vitest";
import { page, userEvent } from "vitest/browser";
import { RecordEvent } from "../../../preload/contract/gift.ts";
import type { Locale } from "../../../preload/contract/settings.ts";
import { createWords } from "../../../renderer/i18n/words.ts";
import { StudioApp } from "../../../renderer/studio/StudioApp.tsx";
import "../../../renderer/ui/tokens.css";
import { createFakeStudio, type FakeStudio } from "../../fakes/fake-studio.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

/** The window over a fake studio, with a still programme of 1280x720. */
export const open = async (
  locale: Locale = "en",
  width = 1280,
  height = 720,
): Promise<FakeStudio> => {
  await page.viewport(width, height);
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
  canvas.getContext("2d")?.fillRect(0, 0, 1280, 720);
  const [track] = canvas.captureStream(1).getVideoTracks();
  if (!track) throw new Error("no track");
  const studio = createFakeStudio(track, locale);
  const root = Object.assign(document.createElement("div"), { id: "root" });
  document.body.append(root);
  const react = createRoot(root);
  react.render(<StudioApp studio={studio} words={createWords(locale)} nonce="" />);
  closing.push(() => {
    react.unmount();
    root.remove();
    studio.document.close();
    studio.feed.close();
    track.stop();
  });
  // The stage draws the programme once it has been measured.
  await expect.poll(() => document.querySelector("video")).not.toBeNull();
  return studio;
};

export const run = (studio: FakeStudio, sources: "running" | "none") => {
  const { sources: list } = studio.document.state.getState();
  studio.engine.sources.setState(
    new Map(
      sources === "none"
        ? []
        : list.map(({ id }) => [id, { state: "running", size: { width: 400, height: 60 } }]),
    ),
    true,
  );
};
export const itemOf = (studio: FakeStudio, id: string) =>
  studio.document.state
    .getState()
    .scenes.flatMap(({ items }) => items)
    .find((item) => item.id === id);
export const named = (studio: FakeStudio, name: string) =>
  studio.asked.filter((question) => question.name === name);

/** Where a point of the canvas is in the stage's overlay. */
export const onStage = (x: number, y: number) => {
  const video = document.querySelector("video")?.getBoundingClientRect();
  const stage = document.querySelector("[role=application]")?.getBoundingClientRect();
  if (!video || !stage) throw new Error("no stage");
  const scale = video.width / 1280;
  return { x: video.left - stage.left + x * scale, y: video.top - stage.top + y * scale };
};
export const drag = async (from: [number, number], to: [number, number]) => {
  const overlay = page.getByRole("application").element().querySelector("svg");
  if (!overlay) throw new Error("no overlay");
  await userEvent.dragAndDrop(overlay, overlay, {
    sourcePosition: onStage(...from),
    targetPosition: onStage(...to),
  });
};

export const sourceList = () => page.getByRole("list", { name: "Sources" });

/** Of three rockets. */
export const gift = RecordEvent.parse({
  type: "gift",
  eventId: "e1",
  roomId: "main",
  seq: 1,
  atMs: 1,
  sender: { viewerId: "v", nickname: "Mia", role: "viewer" },
  test: false,
  giftId: "rocket",
  giftName: { "zh-CN": "火箭", en: "Rocket" },
  tier: "grand",
  count: 3,
  unitCoins: 1_000,
  totalCoins: 3_000,
  comboId: "c1",
  comboCount: 3,
  final: true,
});
