import type { Page } from "playwright-core";

const words = { cpu: "CPU 合成", webgl: "显卡合成" } as const;
export type PainterInUse = keyof typeof words;

/** As the status bar says it. @throws where it says neither, e.g. that the GPU was given up */
export const readPainter = async (page: Page): Promise<PainterInUse> => {
  for (const painter of ["cpu", "webgl"] as const)
    if (await page.getByText(words[painter], { exact: true }).isVisible()) return painter;
  throw new Error("the status bar names no painter");
};
