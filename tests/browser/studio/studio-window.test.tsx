import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { RecordEvent } from "../../../preload/contract/gift.ts";
import { ItemId, SourceId } from "../../../preload/contract/ids.ts";
import { LedgerTotals } from "../../../preload/contract/ledger.ts";
import { fail, succeed } from "../../../preload/contract/result.ts";
import type { Locale } from "../../../preload/contract/settings.ts";
import { createWords } from "../../../renderer/i18n/words.ts";
import { addFilter } from "../../../renderer/scene/edits/filter-edits.ts";
import { addSource } from "../../../renderer/scene/edits/source-edits.ts";
import { newFilter } from "../../../renderer/scene/filters/new-filter.ts";
import { selectionOf } from "../../../renderer/scene/selection.ts";
import { StudioApp } from "../../../renderer/studio/StudioApp.tsx";
import "../../../renderer/ui/tokens.css";
import { cameraSource } from "../../fakes/documents.ts";
import { chatMessages, createFakeStudio, type FakeStudio } from "../../fakes/fake-studio.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

/** The window over a fake studio, with a still programme of 1280x720. */
const open = async (locale: Locale = "en", width = 1280, height = 720): Promise<FakeStudio> => {
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

const run = (studio: FakeStudio, sources: "running" | "none") => {
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
const itemOf = (studio: FakeStudio, id: string) =>
  studio.document.state
    .getState()
    .scenes.flatMap(({ items }) => items)
    .find((item) => item.id === id);
const named = (studio: FakeStudio, name: string) =>
  studio.asked.filter((question) => question.name === name);

/** Where a point of the canvas is in the stage's overlay. */
const onStage = (x: number, y: number) => {
  const video = document.querySelector("video")?.getBoundingClientRect();
  const stage = document.querySelector("[role=application]")?.getBoundingClientRect();
  if (!video || !stage) throw new Error("no stage");
  const scale = video.width / 1280;
  return { x: video.left - stage.left + x * scale, y: video.top - stage.top + y * scale };
};
const drag = async (from: [number, number], to: [number, number]) => {
  const overlay = page.getByRole("application").element().querySelector("svg");
  if (!overlay) throw new Error("no overlay");
  await userEvent.dragAndDrop(overlay, overlay, {
    sourcePosition: onStage(...from),
    targetPosition: onStage(...to),
  });
};
const phase = (studio: FakeStudio) => studio.engine.broadcast.getState().phase;
const log = () => page.getByRole("log").element();
const fromEndPx = () => log().scrollHeight - log().clientHeight - log().scrollTop;

const gift = RecordEvent.parse({
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
const totals = LedgerTotals.parse({ giftCoins: 3_000, giftCount: 3, tipFen: 0, follows: 0 });

describe("layout", () => {
  test.each([
    ["zh-CN", 1440, 900],
    ["en", 1440, 900],
    ["zh-CN", 1280, 720],
    ["en", 1280, 720],
  ] as const)("in %s fits %d x %d without overlap", async (locale, width, height) => {
    const studio = await open(locale, width, height);
    await studio.engine.goLive();
    await expect.element(page.getByRole("contentinfo")).toBeVisible();
    const areas = ["header", "nav", "main", "footer"].map((name) =>
      document.querySelector(`#root ${name}`)?.getBoundingClientRect(),
    );
    for (const area of areas) {
      expect(area?.left).toBeGreaterThanOrEqual(0);
      expect(area?.right).toBeLessThanOrEqual(width);
      expect(area?.bottom).toBeLessThanOrEqual(height);
    }
    const [top, left, centre, bottom] = areas;
    expect(left?.top).toBeGreaterThanOrEqual(top?.bottom ?? Infinity);
    expect(centre?.left).toBeGreaterThanOrEqual(left?.right ?? Infinity);
    expect(bottom?.top).toBeGreaterThanOrEqual(centre?.bottom ?? Infinity);
    const cut = [...document.querySelectorAll("#root header, #root footer")].filter(
      (element) => element.scrollWidth > element.clientWidth,
    );
    expect(cut).toEqual([]);
  });
});

describe("stage", () => {
  test("a drag moves what was pressed, as one edit", async () => {
    const studio = await open();
    run(studio, "running");
    await drag([100, 80], [200, 180]);
    await expect
      .poll(() => itemOf(studio, "item-title")?.transform)
      .toMatchObject({
        x: 164,
        y: 148,
      });
    await vi.waitFor(() => expect(named(studio, "document.save")).toHaveLength(1), 3_000);
    expect(studio.view.getState().selection).toEqual({ type: "item", itemId: "item-title" });
  });

  test("keys arrange the selected item", async () => {
    const studio = await open();
    run(studio, "running");
    await userEvent.click(page.getByRole("application"), { position: onStage(100, 80) });
    await userEvent.keyboard("{ArrowRight}{Shift>}{ArrowDown}{/Shift}h");
    expect(itemOf(studio, "item-title")).toMatchObject({
      visible: false,
      transform: { x: 65, y: 58 },
    });
    await userEvent.keyboard("{Delete}");
    expect(itemOf(studio, "item-title")).toBeUndefined();
  });

  test("a failed source says why and can be tried again", async () => {
    const studio = await open();
    const title = SourceId.parse("source-title");
    studio.engine.sources.setState(
      new Map([[title, { state: "failed", error: { code: "capture.device_busy" } }]]),
      true,
    );
    const reason =
      "Another program is using the device. Close that program and it comes back by itself.";
    await expect.element(page.getByRole("img", { name: reason })).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Try again" }));
    expect(studio.engine.reopened).toEqual([title]);
  });

  test("a picture that is no good is said on its row and over it on the stage, until it is good again", async () => {
    const studio = await open();
    const title = SourceId.parse("source-title");
    const status = { state: "running", size: { width: 400, height: 60 } } as const;
    const set = (fault?: "capture.black") =>
      studio.engine.sources.setState(
        new Map([[title, fault ? { ...status, fault: { code: fault } } : status]]),
        true,
      );
    set("capture.black");
    await expect.element(page.getByRole("img", { name: /The picture is black/ })).toBeVisible();
    await expect.element(page.getByText(/Check the lens cover/)).toBeVisible();
    set();
    await expect.element(page.getByText(/Check the lens cover/)).not.toBeInTheDocument();
    await expect.element(page.getByRole("img", { name: /black/ })).not.toBeInTheDocument();
  });
});

describe("undo", () => {
  const button = (name: RegExp) => page.getByRole("banner").getByRole("button", { name });

  test("takes back a drag, what was typed and what was removed, each as one step that is named", async () => {
    const studio = await open("zh-CN");
    run(studio, "running");
    const before = studio.document.state.getState();
    await drag([100, 80], [200, 180]);
    await userEvent.keyboard("{Enter}");
    const field = page.getByRole("complementary").getByRole("textbox").first();
    await userEvent.fill(field, "");
    await userEvent.type(field, "你好 hello");
    await userEvent.click(page.getByRole("application"), { position: onStage(220, 190) });
    await userEvent.keyboard("{Delete}");
    expect(itemOf(studio, "item-title")).toBeUndefined();

    await userEvent.click(button(/^撤销：删除 Title/));
    expect(itemOf(studio, "item-title")).toBeDefined();
    expect(studio.view.getState().selection).toEqual({ type: "item", itemId: "item-title" });
    await expect.element(button(/^撤销：更改 Title/)).toBeEnabled();
    await userEvent.keyboard("{Control>}z{/Control}");
    await expect.element(field).toHaveValue("Welcome");
    await expect.element(button(/^撤销：移动 Title/)).toBeEnabled();
    await userEvent.keyboard("{Control>}z{/Control}");
    expect(studio.document.state.getState()).toEqual(before);
    await expect.element(button(/^撤销$/)).toBeDisabled();

    await userEvent.keyboard("{Control>}{Shift>}z{/Shift}y{/Control}");
    await expect.element(field).toHaveValue("你好 hello");
    expect(itemOf(studio, "item-title")?.transform).toMatchObject({ x: 164, y: 148 });
  });

  test("takes back what was done to several, and selects them again", async () => {
    const studio = await open();
    run(studio, "running");
    await userEvent.click(page.getByRole("application"));
    await userEvent.keyboard("{Control>}a{/Control}");
    const all = studio.view.getState().selection;
    expect(all).toMatchObject({ type: "item", others: [expect.any(String), expect.any(String)] });
    const before = studio.document.state.getState();
    await userEvent.keyboard("{Delete}");
    expect(studio.document.state.getState().scenes[0]?.items).toEqual([]);
    await userEvent.click(button(/^Undo: delete 3 items/));
    expect(studio.document.state.getState()).toEqual(before);
    expect(studio.view.getState().selection).toEqual(all);
  });

  test("leaves its keys to what is written into", async () => {
    const studio = await open();
    run(studio, "running");
    await drag([100, 80], [200, 180]);
    const moved = studio.document.state.getState();
    await userEvent.click(page.getByRole("textbox"));
    await userEvent.keyboard("hello{Control>}z{/Control}");
    expect(studio.document.state.getState()).toBe(moved);
  });

  test("says what it did in another scene, and why it keeps the one in the programme", async () => {
    const studio = await open();
    run(studio, "running");
    await userEvent.click(page.getByRole("button", { name: "New scene" }));
    await userEvent.click(button(/^Undo: new scene Scene 3/));
    await expect.element(page.getByText(/Scene "Scene 3" is in the programme/)).toBeVisible();
    expect(studio.document.state.getState().scenes).toHaveLength(3);
    await userEvent.click(page.getByText("Opening", { exact: true }));
    await userEvent.click(button(/^Undo: new scene Scene 3/));
    expect(studio.document.state.getState().scenes).toHaveLength(2);

    await drag([100, 80], [200, 180]);
    await userEvent.click(page.getByText("Be right back", { exact: true }));
    await userEvent.click(button(/^Undo: move Title/));
    await expect.element(page.getByText(/^Undone: move Title .*Opening/)).toBeVisible();
    expect(studio.document.state.getState().canvases[0]?.sceneId).toBe("scene-away");
  });
});

describe("a scene within another", () => {
  test("is added from the menu, opens as it is, and cannot hold the scene that it is in", async () => {
    const studio = await open();
    run(studio, "running");
    const whole = () => studio.document.state.getState();
    const menu = async (name: RegExp) => {
      await userEvent.click(page.getByRole("button", { name: "Add" }));
      await userEvent.click(page.getByRole("menuitem", { name: /^Scene/ }));
      return page.getByRole("menuitem", { name });
    };
    await userEvent.click(await menu(/^Be right back/));
    const [source] = whole().sources.filter(({ kind }) => kind === "scene");
    expect(source).toMatchObject({ name: "Be right back", sceneId: "scene-away", width: 1280 });
    expect(whole().scenes[0]?.items.at(-1)?.sourceId).toBe(source?.id);

    await userEvent.click(page.getByRole("application"));
    await userEvent.keyboard("{Enter}");
    const properties = page.getByRole("complementary", { name: "Properties" });
    await expect.element(properties.getByText(/Shows this scene with its 3 sources/)).toBeVisible();
    await userEvent.click(properties.getByRole("button", { name: "Switch to this scene" }));
    expect(whole().canvases[0]?.sceneId).toBe("scene-away");

    const refused = await menu(/^Opening \(shows this scene\)/);
    await expect.element(refused).toHaveAttribute("aria-disabled", "true");
  });
});

describe("scene collections", () => {
  const menu = async (entry: string) => {
    await userEvent.click(page.getByRole("button", { name: /^Scene collection: / }));
    return page.getByRole("menuitem", { name: entry });
  };
  const scenes = (studio: FakeStudio) =>
    studio.document.state.getState().scenes.map(({ name }) => name);

  test("are duplicated, renamed, switched and deleted; the last one stays", async () => {
    const studio = await open();
    await expect.element(await menu("Delete collection")).toHaveAttribute("aria-disabled", "true");
    await userEvent.keyboard("{Escape}");
    await userEvent.click(await menu("Duplicate collection…"));
    const name = page.getByRole("textbox", { name: "Name" });
    await expect.element(name).toHaveValue("Scenes copy");
    await userEvent.keyboard("{Enter}");
    await userEvent.click(page.getByRole("button", { name: "Scene collection: Scenes copy" }));
    await userEvent.click(page.getByRole("menuitem", { name: "Rename…" }));
    await userEvent.fill(name, "Evening");
    await userEvent.click(page.getByRole("dialog").getByRole("button", { name: "Save" }));
    await userEvent.click(page.getByRole("button", { name: "New scene" }));
    expect(scenes(studio)).toEqual(["Opening", "Be right back", "Scene 3"]);
    await userEvent.click(await menu("Scenes"));
    await vi.waitFor(() => expect(scenes(studio)).toEqual(["Opening", "Be right back"]));
    await userEvent.click(await menu("Evening"));
    await vi.waitFor(() => expect(scenes(studio)).toHaveLength(3));
    await userEvent.click(await menu("Delete collection"));
    await userEvent.click(page.getByRole("button", { name: "Delete collection" }));
    await expect
      .element(page.getByRole("button", { name: "Scene collection: Scenes", exact: true }))
      .toBeVisible();
    expect(scenes(studio)).toEqual(["Opening", "Be right back"]);
  });

  test("are switched while live on the anchor's word only, and what fails is said", async () => {
    const studio = await open();
    await studio.engine.goLive();
    await userEvent.click(await menu("New collection…"));
    await userEvent.type(page.getByRole("textbox", { name: "Name" }), "Other{Enter}");
    await expect.element(page.getByText(/Viewers see the other collection/)).toBeVisible();
    await userEvent.click(page.getByRole("button", { name: "Cancel" }).last());
    expect(named(studio, "collection.create")).toEqual([]);
    studio.answers.set("collection.create", fail("document.write_failed"));
    await userEvent.click(await menu("New collection…"));
    await userEvent.type(page.getByRole("textbox", { name: "Name" }), "Other{Enter}");
    await userEvent.click(page.getByRole("button", { name: "Switch", exact: true }));
    await expect.element(page.getByText(/could not be saved|cannot be saved/)).toBeVisible();
    expect(scenes(studio)).toEqual(["Opening", "Be right back"]);
    expect(phase(studio)).toBe("live");
  });
});

const sourceList = () => page.getByRole("list", { name: "Sources" });

describe("a source that has just been added", () => {
  const sourceNames = (studio: FakeStudio) =>
    studio.document.state.getState().sources.map(({ name }) => name);
  /** By keys alone. */
  const add = async (kind: string) => {
    page.getByRole("button", { name: "Add", exact: true }).element().focus();
    await userEvent.keyboard("{Enter}");
    const entry = page.getByRole("menuitem", { name: kind, exact: true });
    await expect.element(entry).toBeVisible();
    await expect
      .poll(() => document.activeElement?.closest("[role=menu]"), { timeout: 5_000 })
      .not.toBeNull();
    while (document.activeElement !== entry.element()) await userEvent.keyboard("{ArrowDown}");
    await userEvent.keyboard("{Enter}");
  };

  test("has the keys: its properties by Enter, its place in the list by arrows, and it goes by Delete", async () => {
    const studio = await open();
    await add("Colour");
    const row = sourceList().getByRole("button", { name: "Colour", exact: true });
    await expect.element(row).toHaveFocus();
    await expect.element(page.getByRole("menu")).not.toBeInTheDocument();
    await userEvent.keyboard("{ArrowDown}{ArrowUp}");
    await expect.element(row).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    const properties = page.getByRole("complementary", { name: "Properties" });
    await expect.element(properties.getByRole("heading", { name: "Colour" })).toBeVisible();
    await userEvent.keyboard("{Delete}");
    expect(sourceNames(studio)).not.toContain("Colour");
  });

  test("has them once: another list or another scene does not give them back to it", async () => {
    const studio = await open();
    await add("Colour");
    await expect
      .element(sourceList().getByRole("button", { name: "Colour", exact: true }))
      .toHaveFocus();
    const undo = page.getByRole("button", { name: /^Undo: / }).element();
    if (!(undo instanceof HTMLElement)) throw new Error("no button");
    undo.focus();
    studio.document.undo();
    studio.document.redo();
    await expect
      .element(sourceList().getByRole("button", { name: "Colour", exact: true }))
      .toBeVisible();
    expect(document.activeElement).toBe(undo);
  });
});

describe("picker", () => {
  const screen = (n: number) => ({
    captureId: `screen:${n}:0`,
    kind: "screen",
    name: `Screen ${n}`,
    thumbnail: "",
  });
  const pickScreen = async (studio: FakeStudio, screens: number) => {
    const list = Array.from({ length: screens }, (_, index) => screen(index + 1));
    studio.answers.set("capture.list", succeed(list));
    await userEvent.click(page.getByRole("button", { name: "Add", exact: true }));
    await userEvent.click(page.getByRole("menuitem", { name: "Screen", exact: true }));
    const search = page.getByPlaceholder("Find by name");
    await expect.element(search).toHaveFocus();
    await expect.element(page.getByRole("button", { name: "Screen 1" })).toBeVisible();
    return search;
  };
  const captured = (studio: FakeStudio) =>
    studio.document.state.getState().sources.filter(({ kind }) => kind === "screen");

  test("uses the only screen by Enter, and gives the keys to what was added", async () => {
    const studio = await open();
    await pickScreen(studio, 1);
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    expect(captured(studio)).toMatchObject([{ captureId: "screen:1:0" }]);
    await expect
      .element(sourceList().getByRole("button", { name: "Screen 1", exact: true }))
      .toHaveFocus();
    await expect.element(page.getByRole("menu")).not.toBeInTheDocument();
  });

  test("chooses nothing among several until the search leaves one", async () => {
    const studio = await open();
    const search = await pickScreen(studio, 2);
    await userEvent.keyboard("{Enter}");
    expect(captured(studio)).toEqual([]);
    await userEvent.fill(search, "2");
    await userEvent.keyboard("{Enter}");
    expect(captured(studio)).toMatchObject([{ captureId: "screen:2:0" }]);
  });

  test("gives the focus back when it is left", async () => {
    const studio = await open();
    await pickScreen(studio, 2);
    await userEvent.click(page.getByRole("button", { name: "Cancel" }));
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
    expect(captured(studio)).toEqual([]);
    await expect.element(page.getByRole("button", { name: "Add", exact: true })).toHaveFocus();
  });
});

test("what a screen reader says of controls is in the language of the window", async () => {
  await open("zh-CN");
  await userEvent.click(page.getByRole("button", { name: "添加", exact: true }));
  await expect.element(page.getByRole("menuitem", { name: "摄像头", exact: true })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await userEvent.click(page.getByRole("button", { name: "设置" }));
  const dialog = page.getByRole("dialog");
  for (const name of ["语言", "直播到"])
    await expect.element(dialog.getByRole("radiogroup", { name, exact: true })).toBeVisible();
  await expect.element(dialog.getByRole("combobox", { name: "编码", exact: true })).toBeVisible();
});

describe("language", () => {
  test("is switched at once", async () => {
    const studio = await open("zh-CN");
    await expect.element(page.getByRole("button", { name: "开播" })).toBeVisible();
    await userEvent.click(page.getByText("EN", { exact: true }));
    await expect.element(page.getByRole("button", { name: "Go live" })).toBeVisible();
    expect(document.title).toBe("Anchor Studio");
    expect(studio.settings.state.getState().locale).toBe("en");
  });
});

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

describe("feed", () => {
  test("follows the end, holds when read back, and says what is new", async () => {
    const studio = await open();
    studio.feed.addMessages(chatMessages(1, 300), 0);
    await expect.element(page.getByText("viewer 300")).toBeVisible();
    await expect.poll(fromEndPx).toBeLessThan(2);
    studio.feed.addMessages(chatMessages(301, 2_400), 0);
    await expect.element(page.getByText("viewer 2400")).toBeVisible();
    await expect.poll(fromEndPx).toBeLessThan(2);

    await userEvent.wheel(page.getByRole("log"), { delta: { y: -800 } });
    await expect.element(page.getByText("Back to the newest")).toBeVisible();
    studio.feed.addMessages(chatMessages(2_401, 2_405), 0);
    const pill = page.getByRole("button", { name: "5 new messages" });
    await expect.element(pill).toBeVisible();
    expect(fromEndPx()).toBeGreaterThan(500);
    await userEvent.click(pill);
    await expect.element(page.getByText("viewer 2405")).toBeVisible();
  });

  test("shows a gift with what it is worth", async () => {
    const studio = await open();
    studio.feed.addRecords([gift], 0, totals);
    await expect.element(page.getByText("sent Rocket")).toBeVisible();
    await expect.element(page.getByText("×3")).toBeVisible();
    expect(page.getByText("3,000").elements()).toHaveLength(2);
  });

  test("keeps what could not be sent", async () => {
    const studio = await open();
    studio.answers.set("room.sendChat", fail("chat.too_fast"));
    const input = page.getByRole("textbox", { name: "Say something as the anchor" });
    await userEvent.fill(input, "hello all");
    await userEvent.keyboard("{Enter}");
    await expect.element(page.getByText(/too fast/)).toBeVisible();
    await expect.element(input).toHaveValue("hello all");
    studio.answers.delete("room.sendChat");
    await userEvent.keyboard("{Enter}");
    await expect.element(input).toHaveValue("");
    expect(named(studio, "room.sendChat").at(-1)?.input).toMatchObject({
      text: "hello all",
    });
  });
});

test("a muted microphone that is spoken into is warned of, and unmuted by its button", async () => {
  const studio = await open();
  const microphone = {
    id: SourceId.parse("mic"),
    kind: "microphone",
    name: "Headset",
    deviceId: "d",
    label: "Headset",
    gainDb: 0,
    muted: true,
  } as const;
  studio.document.apply({
    label: "addSource",
    about: [],
    apply: (whole) => ({ ...whole, sources: [...whole.sources, microphone] }),
  });
  studio.engine.mutedSpeech.setState(new Set([microphone.id]), true);
  await expect.element(page.getByText("You are speaking, but muted")).toBeVisible();
  await userEvent.click(page.getByRole("button", { name: "Unmute: Headset" }));
  await expect.element(page.getByText("You are speaking, but muted")).not.toBeInTheDocument();
  expect(studio.document.state.getState().sources.at(-1)).toMatchObject({ muted: false });
});

test("the guide ticks its steps and is done for good when dismissed", async () => {
  const studio = await open();
  const guide = page.getByRole("complementary", { name: "First steps" });
  const done = () => guide.getByLabelText("Done").elements().length;
  expect(done()).toBe(0);
  await studio.engine.goLive();
  await expect.poll(done).toBe(1);
  await userEvent.click(guide.getByRole("button", { name: "Let viewers in" }));
  expect(named(studio, "room.setRehearsalAudience").at(-1)?.input).toEqual({ running: true });
  studio.feed.addRecords([gift], 0, totals);
  await expect.poll(done).toBe(2);
  await userEvent.click(guide.getByRole("button", { name: "Dismiss" }));
  await expect.poll(() => studio.settings.state.getState().guideDone).toBe(true);
  await expect.element(guide).not.toBeInTheDocument();
});

test("an item's chroma key is added, set, turned off and removed in its properties", async () => {
  const studio = await open();
  run(studio, "running");
  const { items } = studio.document.state.getState().scenes[0] ?? { items: [] };
  const [first] = items;
  if (!first) throw new Error("no item");
  studio.view.setState({ selection: { type: "item", itemId: first.id }, inspectorOpen: true });
  const filters = () => itemOf(studio, first.id)?.filters;
  const section = page.getByRole("region", { name: "Filters" });
  await userEvent.click(section.getByRole("button", { name: "Add a filter" }));
  await userEvent.click(page.getByText("Chroma key"));
  await expect.poll(filters).toMatchObject([{ kind: "chromaKey", enabled: true }]);

  const similarity = section.getByRole("slider").first();
  const similarityOf = () => {
    const [filter] = filters() ?? [];
    return filter?.kind === "chromaKey" ? filter.similarity : 0;
  };
  const before = similarityOf();
  await userEvent.click(similarity);
  await userEvent.keyboard("{ArrowRight}");
  await expect.poll(similarityOf).toBeGreaterThan(before);

  // Said where it is so, and only there.
  const note = section.getByText(/half the sharpness/);
  await expect.element(note).toBeVisible();
  studio.engine.stats.setState({
    painter: { kind: "webgl", renderer: "a card", gaveUpGpu: false },
  });
  await expect.element(note).not.toBeInTheDocument();

  await userEvent.click(section.getByRole("switch", { name: "Use Chroma key" }));
  await expect.poll(filters).toMatchObject([{ enabled: false }]);
  await expect.element(section.getByRole("slider").first()).not.toBeInTheDocument();
  await userEvent.click(section.getByRole("button", { name: "Remove Chroma key" }));
  await expect.poll(filters).toEqual([]);
});

test("filters are ordered by keys and by drag, copied to another item, and undone", async () => {
  const studio = await open();
  run(studio, "running");
  const { items } = studio.document.state.getState().scenes[0] ?? { items: [] };
  const [first, second] = items;
  if (!first || !second) throw new Error("no items");
  const select = (id: typeof first.id) =>
    studio.view.setState({ selection: selectionOf([id]), inspectorOpen: true });
  select(first.id);
  const kinds = (id = first.id) => itemOf(studio, id)?.filters.map(({ kind }) => kind);
  const section = page.getByRole("region", { name: "Filters" });
  for (const name of ["Sharpen", "Mask", "Blur"]) {
    await userEvent.click(section.getByRole("button", { name: "Add a filter" }));
    await userEvent.click(page.getByRole("menuitem", { name, exact: true }).last());
    await expect.element(section.getByRole("group", { name, exact: true })).toBeInTheDocument();
  }
  expect(kinds()).toEqual(["sharpen", "mask", "blur"]);

  const nameOf = (name: string) => section.getByRole("group", { name, exact: true });
  const focus = (name: string) => (nameOf(name).element() as HTMLElement).focus();
  focus("Blur");
  await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
  expect(kinds()).toEqual(["sharpen", "blur", "mask"]);
  focus("Blur");
  await userEvent.keyboard(" ");
  expect(itemOf(studio, first.id)?.filters[1]).toMatchObject({ kind: "blur", enabled: false });
  await userEvent.dragAndDrop(nameOf("Mask"), nameOf("Sharpen"));
  await expect.poll(() => kinds()).toEqual(["mask", "sharpen", "blur"]);

  await userEvent.click(section.getByRole("button", { name: "Copy these filters" }));
  select(second.id);
  await userEvent.click(section.getByRole("button", { name: "Paste the copied filters" }));
  await expect.poll(() => kinds(second.id)).toEqual(["mask", "sharpen", "blur"]);
  const ids = [first.id, second.id].flatMap((id) =>
    itemOf(studio, id)?.filters.map((filter) => filter.id),
  );
  expect(new Set(ids).size).toBe(6);
  focus("Mask");
  await userEvent.keyboard("{Delete}");
  expect(kinds(second.id)).toEqual(["sharpen", "blur"]);
});

test("a setting is dragged, typed, taken from a preset and reset", async () => {
  const studio = await open();
  run(studio, "running");
  const [first] = studio.document.state.getState().scenes[0]?.items ?? [];
  if (!first) throw new Error("no item");
  studio.document.apply(addFilter(first.id, newFilter("beauty")));
  studio.view.setState({ selection: selectionOf([first.id]), inspectorOpen: true });
  const section = page.getByRole("region", { name: "Filters" });
  const beauty = () => itemOf(studio, first.id)?.filters[0];
  await userEvent.click(section.getByRole("button", { name: "Strong" }));
  await expect.poll(beauty).toMatchObject({ smooth: 0.95, whiten: 0.75 });
  await userEvent.fill(section.getByRole("spinbutton", { name: "Lighter skin" }), "40");
  await expect.poll(beauty).toMatchObject({ smooth: 0.95, whiten: 0.4 });
  await userEvent.click(section.getByRole("button", { name: "Reset Smooth skin" }));
  await expect.poll(beauty).toMatchObject({ smooth: 0.5, whiten: 0.4 });
});

test("a background filter says why all of the picture is hidden: at the filter, and where it failed at the row", async () => {
  const studio = await open();
  run(studio, "running");
  const [scene] = studio.document.state.getState().scenes;
  const [first] = scene?.items ?? [];
  if (!scene || !first) throw new Error("no item");
  const itemId = ItemId.parse("camera-item");
  const camera = { ...cameraSource(), id: SourceId.parse("camera") };
  const item = { ...first, id: itemId, sourceId: camera.id, filters: [] };
  studio.document.apply(addSource(camera, { sceneId: scene.id, item }));
  studio.view.setState({ selection: selectionOf([itemId]), inspectorOpen: true });
  const section = page.getByRole("region", { name: "Filters" });
  await section.getByRole("button", { name: "Add a filter" }).click();
  await page.getByRole("menuitem", { name: "Background", exact: true }).click();
  expect(itemOf(studio, itemId)?.filters).toMatchObject([{ kind: "background", mode: "blur" }]);
  await expect.element(section.getByText(/^Without a GPU/)).toBeVisible();
  studio.engine.stats.setState({ segmenter: { state: "loading" } });
  await expect.element(section.getByText(/until then all of the picture is hidden/)).toBeVisible();
  const row = page.getByRole("button", { name: "camera", exact: true });
  const mark = row.getByRole("img", { name: /^People cannot be found/ });
  await expect.element(mark).not.toBeInTheDocument();
  studio.engine.stats.setState({ segmenter: { state: "failed", reason: "no memory" } });
  await expect.element(section.getByText(/^People cannot be found/)).toBeVisible();
  await expect.element(mark).toBeVisible();
  await section.getByText("Picture", { exact: true }).click();
  await expect.element(section.getByText(/^Shows the colour below/)).toBeVisible();
  studio.engine.stats.setState({ segmenter: { state: "running" } });
  await expect.element(mark).not.toBeInTheDocument();
});

test("a background filter of what has no picture of its own says that it hides all of it", async () => {
  const studio = await open();
  const pattern = studio.document.state
    .getState()
    .sources.find(({ kind }) => kind === "testPattern");
  const item = studio.document.state
    .getState()
    .scenes.flatMap(({ items }) => items)
    .find(({ sourceId }) => sourceId === pattern?.id);
  if (!item) throw new Error("no test pattern");
  studio.document.apply(addFilter(item.id, newFilter("background")));
  studio.view.setState({ selection: selectionOf([item.id]), inspectorOpen: true });
  const section = page.getByRole("region", { name: "Filters" });
  await expect.element(section.getByText(/here all of the picture is hidden/)).toBeVisible();
});

describe("alerts", () => {
  test("are paused and resumed, skipped, cleared and replayed, also by the keyboard", async () => {
    const studio = await open("zh-CN");
    const controls = page.getByRole("region", { name: "礼物提醒" });
    await expect.element(controls.getByRole("button", { name: /^清空/ })).toBeDisabled();
    studio.engine.alerts.setState({ waiting: 38 });
    await expect.element(controls.getByText("38 条等待")).toBeVisible();
    await controls.getByRole("button", { name: /^再放一次/ }).click();
    await userEvent.keyboard("{Tab}{Enter}{Tab}{Enter}{Tab}{Enter}");
    await expect.element(controls.getByText("已暂停")).toBeVisible();
    await controls.getByRole("button", { name: "继续播放提醒" }).click();
    await expect.element(controls.getByText("已暂停")).not.toBeInTheDocument();
    expect(studio.engine.alertControls.map(({ action }) => action)).toEqual([
      "replayLast",
      "skip",
      "clear",
      "pause",
      "resume",
    ]);
  });

  test("of any gift in the feed are shown again by its row's button", async () => {
    const studio = await open();
    studio.feed.addRecords([gift], 0, totals);
    const button = page.getByRole("button", { name: "Show the alert of Mia again" });
    await button.click();
    expect(studio.engine.alertControls).toEqual([{ action: "replay", event: gift }]);
    await expect
      .poll(() => getComputedStyle(button.element().parentElement ?? button.element()).opacity)
      .toBe("1");
  });

  test("have no controls in a room without gifts", async () => {
    const studio = await open();
    const controls = page.getByRole("region", { name: "Alerts" });
    await expect.element(controls).toBeVisible();
    studio.room.setState({ status: "uplinkOnly", link: "wss://foreign.example" }, true);
    await expect.element(controls).not.toBeInTheDocument();
  });
});

test("the settings are left by one Escape, also where a tooltip is shown; an open list takes it first", async () => {
  const studio = await open();
  const isOpen = () => studio.view.getState().settingsOpen;
  studio.view.setState({ settingsOpen: true });
  const form = page.getByRole("region", { name: "Alert rules" });
  await form.getByRole("button", { name: "Add a rule" }).click();
  const list = form.getByRole("combobox", { name: "Animation 1" });
  await list.click();
  await expect.element(list).toHaveAttribute("aria-expanded", "true");
  await userEvent.keyboard("{Escape}");
  await expect.element(list).toHaveAttribute("aria-expanded", "false");
  expect(isOpen()).toBe(true);
  await userEvent.hover(form.getByRole("button", { name: "Test rule 1" }));
  await expect.element(page.getByRole("tooltip", { name: "Test rule 1" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  expect(isOpen()).toBe(false);
});

describe("alert rules", () => {
  test("are added, set, tried, put in order and removed in the settings", async () => {
    const studio = await open();
    studio.view.setState({ settingsOpen: true });
    const rules = () => studio.settings.state.getState().alertRules;
    const form = page.getByRole("region", { name: "Alert rules" });
    const add = form.getByRole("button", { name: "Add a rule" });
    await add.click();
    await expect.poll(rules).toHaveLength(1);
    await userEvent.fill(form.getByRole("spinbutton", { name: "Least coins 1" }), "520");
    await userEvent.fill(form.getByRole("textbox", { name: "Words 1" }), "wow {sender}");
    await add.click();
    await expect.poll(rules).toHaveLength(2);
    expect(rules()[0]).toMatchObject({ match: { leastCoins: 520 }, text: "wow {sender}" });
    await form.getByRole("combobox", { name: "Animation 1" }).click();
    await page.getByTitle("Rose").last().click();
    await expect.poll(() => rules()[0]?.show).toBe("rose");
    await form.getByRole("switch", { name: "Sound 2" }).click();
    await form.getByRole("button", { name: "Move up rule 2" }).click();
    await expect.poll(() => rules().map(({ silent }) => silent)).toEqual([true, false]);
    await form.getByRole("button", { name: "Test rule 2" }).click();
    expect(studio.engine.shownAlerts).toMatchObject([{ test: true, totalCoins: 520 }]);
    await form.getByRole("button", { name: "Remove rule 1" }).click();
    await expect.poll(() => rules().map(({ text }) => text)).toEqual(["wow {sender}"]);
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
