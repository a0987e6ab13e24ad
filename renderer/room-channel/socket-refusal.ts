/** After so many tries without a single socket it is asked whether at least the page can be reached. */
const triesBeforeDoubt = 3;
const longestPageMs = 5_000;

/**
 * Loads this page anew, by which the room renews the identity that it gave with it; false where the room cannot be reached.
 */
export const reachPage = async (): Promise<boolean> => {
  try {
    const page = await fetch(window.location.pathname, {
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(longestPageMs),
    });
    return page.ok;
  } catch (error) {
    console.warn("the room cannot be reached", error);
    return false;
  }
};

interface FailedTries {
  readonly url: string;
  readonly count: number;
  readonly everOpened: boolean;
}

/**
 * The page comes and the room's socket never does: so do browsers that take a room's own certificate for pages only.
 * A room that is full, which a page cannot tell from that, does so too.
 */
export const isSocketRefused = async (
  { url, count, everOpened }: FailedTries,
  reach: () => Promise<boolean>,
): Promise<boolean> =>
  !everOpened && count >= triesBeforeDoubt && url.startsWith("wss:") && (await reach());
