import { expect, test } from "vitest";
import { type GetDesktopSources, listCaptureSources } from "../../../main/capture/sources.ts";

const source = (id: string, name: string, picture = "data:image/png;base64,AA==") => ({
  id,
  name,
  thumbnail: { isEmpty: () => picture === "", toDataURL: () => picture },
});

const setUp = (sources: Awaited<ReturnType<GetDesktopSources>>) => {
  const asked: unknown[] = [];
  const getSources: GetDesktopSources = (options) => {
    asked.push(options);
    return Promise.resolve(sources);
  };
  return { getSources, asked };
};

test("screens and windows are listed, without the studio itself", async () => {
  const { getSources, asked } = setUp([
    source("screen:0:0", "Entire Screen"),
    source("window:12:0", "编辑器"),
    source("window:13:1", "主播台"),
    source("window:14:0", "minimised", ""),
    source(`window:${"9".repeat(300)}:0`, "odd"),
  ]);
  expect(await listCaptureSources(getSources, true)).toEqual([
    {
      captureId: "screen:0:0",
      kind: "screen",
      name: "Entire Screen",
      thumbnail: "data:image/png;base64,AA==",
    },
    {
      captureId: "window:12:0",
      kind: "window",
      name: "编辑器",
      thumbnail: "data:image/png;base64,AA==",
    },
    { captureId: "window:14:0", kind: "window", name: "minimised", thumbnail: "" },
  ]);
  expect(asked).toEqual([
    { types: ["screen", "window"], thumbnailSize: { width: 320, height: 180 } },
  ]);
});

test("no thumbnails are made where none are wanted", async () => {
  const { getSources, asked } = setUp([source("screen:0:0", "Entire Screen")]);
  expect(await listCaptureSources(getSources, false)).toMatchObject([{ thumbnail: "" }]);
  expect(asked).toMatchObject([{ thumbnailSize: { width: 0, height: 0 } }]);
});
