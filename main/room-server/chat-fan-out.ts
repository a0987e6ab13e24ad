import type { Clock } from "./clock.ts";
import { limits } from "./limits.ts";
import type { Line } from "./log-store.ts";

/**
 * Chat on its way to everybody. The first message after a silence goes at once; then what comes within a while that grows
 * with the audience goes together, since a frame to a socket costs the same with one message or with ten.
 */
export class ChatFanOut {
  readonly #clock: Clock;
  readonly #audience: { readonly connectionCount: number };
  readonly #send: (lines: readonly Line[]) => void;
  #lines: Line[] = [];
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(
    clock: Clock,
    audience: { readonly connectionCount: number },
    send: (lines: readonly Line[]) => void,
  ) {
    this.#clock = clock;
    this.#audience = audience;
    this.#send = send;
  }

  publish(lines: readonly Line[]): void {
    this.#lines.push(...lines);
    if (!this.#lines.length) return;
    const { perConnection, longest } = limits.chatIntervalMs;
    const intervalMs = Math.min(
      longest,
      Math.floor(this.#audience.connectionCount * perConnection),
    );
    const waitMs = this.#sentAtMs + intervalMs - this.#clock.now();
    if (waitMs <= 0 || this.#lines.length >= limits.batch) this.flush();
    else this.#cancel ??= this.#clock.after(waitMs, () => this.flush());
  }

  /** Sends what waits, for what must not come before it. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (!this.#lines.length) return;
    const lines = this.#lines;
    this.#lines = [];
    this.#sentAtMs = this.#clock.now();
    this.#send(lines);
  }
}
