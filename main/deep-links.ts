import { deepLinkScheme } from "../preload/contract/deep-link.ts";

/** The link of ours in a command line, where there is one: Chromium may put it anywhere among its switches. */
export const findDeepLink = (argv: readonly string[]): string | undefined =>
  argv.find((argument) => argument.toLowerCase().startsWith(`${deepLinkScheme}:`));

/** Links that open the app, from its start on. Until someone listens the newest one waits. */
export class DeepLinks {
  #listener: ((link: string) => void) | null = null;
  #waiting: string | undefined;

  open(link: string | undefined): void {
    if (link === undefined) return;
    if (this.#listener) this.#listener(link);
    else this.#waiting = link;
  }

  /** The link that waits, where it fits: it is for the caller then. */
  take<T>(read: (link: string) => T | undefined): T | undefined {
    const found = this.#waiting === undefined ? undefined : read(this.#waiting);
    if (found !== undefined) this.#waiting = undefined;
    return found;
  }

  listen(listener: (link: string) => void): void {
    this.#listener = listener;
    this.open(this.#waiting);
    this.#waiting = undefined;
  }
}
