import type { Page } from "playwright-core";

/** Resolves once the page knows whether it can be seen. */
export const setWindowState = async (page: Page, state: "normal" | "minimized"): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState: state } });
  await page.waitForFunction(
    (wanted) => document.visibilityState === wanted,
    state === "normal" ? "visible" : "hidden",
    { polling: 100 },
  );
  await session.detach();
};
