import type { Updater } from "../../main/updates.ts";

/** An update server and installer that do what the test says. */
export class FakeUpdater implements Updater {
  /** What `check` gives, one after the other; an error rejects. */
  readonly answers: (string | null | Error)[] = [];
  readonly calls: string[] = [];
  #finish: (() => void) | undefined;

  check(): Promise<string | null> {
    this.calls.push("check");
    const answer = this.answers.shift() ?? null;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }

  download(signal: AbortSignal): Promise<void> {
    this.calls.push("download");
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.calls.push("cancelled");
        reject(new Error("cancelled"));
      };
      signal.addEventListener("abort", cancel);
      this.#finish = () => {
        signal.removeEventListener("abort", cancel);
        resolve();
      };
    });
  }

  /** The download that runs is done. */
  finish(): void {
    this.#finish?.();
  }

  installAndRestart(): Promise<void> {
    this.calls.push("install");
    return Promise.resolve();
  }
}
