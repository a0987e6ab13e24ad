import type { Locator, Page } from "playwright-core";
import { waitFor } from "./studio-app.ts";

/** Goes through the menu of a button by keys alone; all entries but the last one open a menu of their own. */
export const chooseByKeys = async (
  page: Page,
  button: Locator,
  entries: readonly string[],
): Promise<void> => {
  await button.focus();
  await page.keyboard.press("Enter");
  for (const [depth, name] of entries.entries()) {
    const entry = page.getByRole("menuitem", { name, exact: true }).last();
    await entry.waitFor();
    // A menu takes the focus some of the window's frames after it is seen.
    await waitFor(`the focus in the menu of "${name}"`, () =>
      entry.evaluate(
        (element) => element.closest("[role=menu]")?.contains(document.activeElement) ?? false,
      ),
    );
    const isReached = () => entry.evaluate((element) => element.matches(":focus, :focus-within"));
    for (let presses = 0; !(await isReached()); presses += 1) {
      if (presses === 30) throw new Error(`no key leads to "${name}"`);
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press(depth < entries.length - 1 ? "ArrowRight" : "Enter");
  }
};
