/**
 * Keeps `--page-height` at what the keyboard leaves of the window: on iPhones it covers the page instead of
 * shrinking it. @returns how to stop.
 */
export const followPageHeight = (): (() => void) => {
  const viewport = window.visualViewport;
  if (viewport === null) return () => undefined;
  const root = document.documentElement;
  const follow = () => {
    // Pinched pages keep their layout.
    if (viewport.scale > 1.01) return;
    root.style.setProperty("--page-height", `${viewport.height}px`);
    window.scrollTo(0, 0);
  };
  follow();
  viewport.addEventListener("resize", follow);
  return () => {
    viewport.removeEventListener("resize", follow);
    root.style.removeProperty("--page-height");
  };
};
