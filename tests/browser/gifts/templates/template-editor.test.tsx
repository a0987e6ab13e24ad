import { unzipSync } from "fflate";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { AlertTemplates } from "../../../../preload/contract/alert-template.ts";
import { fail } from "../../../../preload/contract/result.ts";
import type { Locale } from "../../../../preload/contract/settings.ts";
import { createWords } from "../../../../renderer/i18n/words.ts";
import { StudioApp } from "../../../../renderer/studio/StudioApp.tsx";
import "../../../../renderer/ui/tokens.css";
import { createFakeStudio, type FakeStudio } from "../../../fakes/fake-studio.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

/** The editor over a fake studio. */
const open = async (locale: Locale = "en", width = 1280, height = 720): Promise<FakeStudio> => {
  await page.viewport(width, height);
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
  canvas.getContext("2d")?.fillRect(0, 0, 1280, 720);
  const [track] = canvas.captureStream(1).getVideoTracks();
  if (!track) throw new Error("no track");
  const studio = createFakeStudio(track, locale);
  studio.view.setState({ templateEditorOpen: true });
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
  await expect.element(page.getByRole("dialog")).toBeVisible();
  return studio;
};

const templates = (studio: FakeStudio) => studio.templates.state.getState();
const own = (studio: FakeStudio) => templates(studio).own[0];
const saved = (studio: FakeStudio) =>
  studio.asked
    .filter(({ name }) => name === "alertTemplates.save")
    .map(({ input }) => AlertTemplates.parse(input))
    .at(-1);
const button = (name: string) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true });
const section = (name: string) => page.getByRole("tab", { name, exact: true });
const choose = async (box: string, entry: string) => {
  await page.getByRole("combobox", { name: box }).click();
  await page.getByTitle(entry, { exact: true }).last().click();
};

/** Pixels of the preview that a test holds for. */
const count = (
  test: (red: number, green: number, blue: number, alpha: number) => boolean,
): number => {
  const canvas = page.getByRole("img", { name: /^Preview/ }).element() as HTMLCanvasElement;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no context");
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let at = 0; at < data.length; at += 4)
    if (test(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0)) found += 1;
  return found;
};
const white = (r: number, g: number, b: number, a: number) => Math.min(r, g, b) > 238 && a > 200;
const deepRed = (r: number, g: number, b: number, a: number) =>
  r > 110 && g < 50 && b < 60 && a > 200;

test("each template is previewed as it is drawn, at once", async () => {
  await open();
  await button("Minimal").click();
  await expect.poll(() => count(white)).toBeGreaterThan(8_000);
  await button("Festive").click();
  await expect.poll(() => count(deepRed)).toBeGreaterThan(4_000);
  await expect.poll(() => count(white)).toBeLessThan(4_000);
});

test("what the studio brings along is changed as a copy; a change is saved, seen, undone and done again", async () => {
  const studio = await open();
  await button("Minimal").click();
  await expect.element(page.getByRole("slider", { name: "Height" })).toBeDisabled();
  await button("Change a copy").click();
  await expect.poll(() => own(studio)?.name).toBe("Minimal copy");
  await expect.poll(() => count(white)).toBeGreaterThan(8_000);
  const before = count(white);
  const slider = page.getByRole("slider", { name: "Height" });
  (slider.element() as HTMLElement).focus();
  await userEvent.keyboard("{End}");
  await expect.poll(() => own(studio)?.tones.small.height).toBe(240);
  expect(saved(studio)).toEqual(templates(studio));
  await expect.poll(() => count(white)).toBeGreaterThan(before * 1.2);
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.poll(() => own(studio)?.tones.small.height).toBe(84);
  await button("Redo").click();
  await expect.poll(() => own(studio)?.tones.small.height).toBe(240);
  expect(saved(studio)).toEqual(templates(studio));
});

test("one is used, renamed and deleted; what was in use gives way to the usual one, and can be had back", async () => {
  const studio = await open();
  await button("Neon").click();
  await button("Use this template").click();
  await expect.poll(() => saved(studio)?.inUse).toBe("neon");
  await button("Duplicate template").click();
  await button("Use this template").click();
  await expect.poll(() => templates(studio).inUse).toBe(own(studio)?.templateId);
  await button("Rename").click();
  await userEvent.fill(page.getByRole("textbox", { name: "Template's name" }), "Night show");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => own(studio)?.name).toBe("Night show");
  await button("Delete template").click();
  await expect.poll(() => templates(studio)).toEqual({ inUse: "classic", own: [] });
  await button("Undo").click();
  await expect.poll(() => own(studio)?.name).toBe("Night show");
});

test("lines say what is written, and one that is empty is not taken", async () => {
  const studio = await open();
  await button("Duplicate template").click();
  await section("Lines").click();
  const line = page.getByRole("textbox", { name: "Line 2" });
  await userEvent.fill(line, "{count} × {gift} by {sender}");
  await userEvent.tab();
  await expect.poll(() => own(studio)?.banner.lines[1]?.text).toBe("{count} × {gift} by {sender}");
  await userEvent.fill(page.getByRole("textbox", { name: "Line 2" }), "   ");
  await userEvent.tab();
  expect(own(studio)?.banner.lines[1]?.text).toBe("{count} × {gift} by {sender}");
  await button("Add a line").click();
  await expect.poll(() => own(studio)?.banner.lines.length).toBe(4);
  await button("Remove line 4").click();
  await expect.poll(() => own(studio)?.banner.lines.length).toBe(3);
});

test("places are moved by keys and by the pointer, each canvas by itself, and the preview follows", async () => {
  const studio = await open();
  await button("Minimal").click();
  await button("Change a copy").click();
  await section("Places").click();
  const lowestWhite = (): number => {
    const canvas = page.getByRole("img", { name: /^Preview/ }).element() as HTMLCanvasElement;
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {
      data: [],
    };
    let lowest = 0;
    for (let at = 0; at < data.length; at += 4)
      if (white(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0))
        lowest = Math.floor(at / 4 / canvas.width);
    return lowest;
  };
  await expect.poll(lowestWhite).toBeGreaterThan(300);
  const before = lowestWhite();
  const box = button("Banners");
  (box.element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowUp}{Shift>}{ArrowUp}{/Shift}");
  await expect.poll(() => own(studio)?.places.lying.banner.y).toBe(0.08);
  await expect.poll(lowestWhite).toBeLessThan(before - 30);
  await userEvent.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  await expect.poll(() => own(studio)?.places.lying.banner.width).toBe(0.48);
  const place = box.element().getBoundingClientRect();
  const at = (x: number, y: number, type: string) =>
    box
      .element()
      .dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerId: 1, clientX: x, clientY: y }),
      );
  // Synthetic pointers cannot be captured; the handlers take their moves all the same.
  box.element().setPointerCapture = () => undefined;
  at(place.left + 40, place.top + 60, "pointerdown");
  at(place.left + 90, place.top + 60, "pointermove");
  at(place.left + 90, place.top + 60, "pointerup");
  await expect.poll(() => own(studio)?.places.lying.banner.x).toBeGreaterThan(0.05);
  expect(own(studio)?.places.upright).toEqual(templates(studio).own[0]?.places.upright);
  await page.getByText("Portrait", { exact: true }).click();
  (button("Spotlight").element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowDown}");
  await expect.poll(() => own(studio)?.places.upright.spotlight.y).toBe(0.09);
});

test("it is tried in the programme, by events that count for nothing, with the template that is looked at", async () => {
  const studio = await open();
  await button("Festive").click();
  await choose("What is previewed", "Tip, long message");
  await button("Try in the programme").click();
  expect(studio.engine.shownAlerts).toMatchObject([{ type: "tip", test: true }]);
  expect(studio.engine.testedTemplates).toEqual(["festive"]);
  await choose("What is previewed", "Very long names");
  await button("Try in the programme").click();
  expect(studio.engine.shownAlerts).toHaveLength(4);
  expect(studio.engine.shownAlerts.every(({ test: isTest }) => isTest)).toBe(true);
});

test("in the settings one is chosen, also for a rule, and the editor is opened", async () => {
  const studio = await open();
  studio.view.setState({ templateEditorOpen: false, settingsOpen: true });
  await choose("In use", "Neon");
  await expect.poll(() => saved(studio)?.inUse).toBe("neon");
  await page.getByRole("button", { name: "Add a rule" }).click();
  await choose("Template 1", "Festive");
  await expect.poll(() => studio.settings.state.getState().alertRules[0]?.template).toBe("festive");
  await page.getByRole("button", { name: "Edit alert templates…" }).click();
  await expect.element(page.getByRole("list", { name: "Templates" })).toBeVisible();
});

/** The next download's name and bytes. */
const downloaded = (
  run: () => Promise<void>,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> =>
  new Promise((resolve, reject) => {
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      HTMLAnchorElement.prototype.click = click;
      fetch(this.href)
        .then((answer) => answer.arrayBuffer())
        .then((bytes) => resolve({ name: this.download, bytes: new Uint8Array(bytes) }), reject);
    };
    run().catch(reject);
  });
/** The next file dialog is answered with these. */
const answering = async (files: readonly File[], run: () => Promise<void>): Promise<void> => {
  const { click } = HTMLInputElement.prototype;
  HTMLInputElement.prototype.click = function (this: HTMLInputElement) {
    if (this.type !== "file") {
      click.call(this);
      return;
    }
    HTMLInputElement.prototype.click = click;
    Object.defineProperty(this, "files", { value: files });
    this.dispatchEvent(new Event("change"));
  };
  await run();
};

test("one goes out as an archive of a folder, and comes back from it, or from the folder; a torn one is refused in words", async () => {
  const studio = await open();
  await button("Neon").click();
  await button("Change a copy").click();
  await expect.poll(() => own(studio)?.name).toBe("Neon copy");
  const file = await downloaded(async () => {
    await button("Export").click();
    await page.getByRole("menuitem", { name: "Export “Neon copy”" }).click();
  });
  expect(file.name).toBe("Neon copy.zip");
  await answering([new File([file.bytes.slice(0, 300)], "torn.zip")], () =>
    button("Import a file…").click(),
  );
  await expect.element(page.getByText(/nothing was imported/)).toBeVisible();
  expect(templates(studio).own).toHaveLength(1);
  await answering([new File([file.bytes], "pack.zip")], () => button("Import a file…").click());
  await expect
    .poll(() => templates(studio).own.map(({ name }) => name))
    .toEqual(["Neon copy", "Neon copy 2"]);
  await expect.element(page.getByText(/nothing was imported/)).not.toBeInTheDocument();
  const unpacked = Object.entries(unzipSync(file.bytes)).map(([path, bytes]) =>
    Object.defineProperty(
      new File([new Uint8Array(bytes)], path.split("/").at(-1) ?? ""),
      "webkitRelativePath",
      {
        value: path,
      },
    ),
  );
  await answering(unpacked, () => button("Import a folder…").click());
  await expect.poll(() => templates(studio).own.map(({ name }) => name)).toContain("Neon copy 3");
  const [first, second, third] = templates(studio).own.map(
    ({ templateId: _id, name: _name, ...rest }) => rest,
  );
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(saved(studio)).toEqual(templates(studio));
});

test("a disk that is full is said, and what could not be kept is taken back", async () => {
  const studio = await open();
  studio.answers.set("alertTemplates.save", fail("template.write_failed"));
  await button("Duplicate template").click();
  await expect
    .element(page.getByText("The alert templates could not be saved. Check the disk."))
    .toBeVisible();
  expect(templates(studio).own).toEqual([]);
});

test.each([
  ["zh-CN", 1280, 720],
  ["en", 1280, 720],
  ["zh-CN", 1440, 900],
  ["en", 1440, 900],
] as const)("in %s at %i x %i all of it has room", async (locale, width, height) => {
  await open(locale, width, height);
  const dialog = page.getByRole("dialog").element();
  const rect = dialog.getBoundingClientRect();
  expect(rect.top).toBeGreaterThanOrEqual(0);
  expect(rect.bottom).toBeLessThanOrEqual(height);
  expect(rect.right).toBeLessThanOrEqual(width);
  for (const each of dialog.querySelectorAll("button, canvas")) {
    const { left, right, width: wide } = each.getBoundingClientRect();
    if (wide === 0) continue;
    expect(left).toBeGreaterThanOrEqual(rect.left);
    expect(right).toBeLessThanOrEqual(rect.right + 1);
  }
});
