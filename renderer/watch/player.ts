import { createStore, type StoreApi } from "zustand/vanilla";

/** `sound`: plays, but the browser wants a touch before it is heard. `play`: wants a touch before it plays at all. */
type Blocked = "none" | "sound" | "play";

interface PlayerState {
  readonly muted: boolean;
  /** 0 to 1. */
  readonly volume: number;
  readonly blocked: Blocked;
}

/** What the player needs of an `HTMLVideoElement`. */
export type Screen = Pick<
  HTMLVideoElement,
  "play" | "paused" | "muted" | "volume" | "srcObject" | "addEventListener" | "removeEventListener"
>;

const isRefusal = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "NotAllowedError";

/** Keeps one video element playing what comes, as loud as the viewer wants and the browser allows. */
export class Player {
  readonly store: StoreApi<PlayerState>;
  readonly #screen: Screen;
  #closed = false;

  constructor(screen: Screen, volume: number) {
    this.#screen = screen;
    this.store = createStore<PlayerState>(() => ({ muted: false, volume, blocked: "none" }));
    screen.volume = volume;
    screen.addEventListener("pause", this.resume);
  }

  show(stream: MediaStream | null): void {
    if (this.#screen.srcObject === stream) return;
    this.#screen.srcObject = stream;
    this.resume();
  }

  /** Called where playing may have stopped: new picture, back in view, paused by the system. */
  readonly resume = (): void => {
    if (this.#closed || this.#screen.srcObject === null || this.store.getState().blocked === "play")
      return;
    void this.#play();
  };

  async #play(): Promise<void> {
    const screen = this.#screen;
    const { muted, blocked } = this.store.getState();
    screen.muted = muted || blocked === "sound";
    const heard = await this.#tryToPlay();
    if (heard !== "refused" || this.#closed) return;
    if (screen.muted) {
      this.store.setState({ blocked: "play" });
      return;
    }
    screen.muted = true;
    const seen = await this.#tryToPlay();
    if (this.#closed) return;
    this.store.setState({ blocked: seen === "refused" ? "play" : "sound" });
  }

  /** `superseded`: another stream came before this one played; its own attempt follows. */
  async #tryToPlay(): Promise<"playing" | "refused" | "superseded"> {
    try {
      await this.#screen.play();
      return "playing";
    } catch (error) {
      if (isRefusal(error)) return "refused";
      if (error instanceof DOMException) return "superseded";
      throw error;
    }
  }

  /** In a handler of the viewer's touch: plays with sound. */
  touch(): void {
    this.store.setState({ blocked: "none", muted: false });
    void this.#play();
  }

  setMuted(muted: boolean): void {
    if (!muted) {
      this.touch();
      return;
    }
    this.store.setState({ muted });
    this.#screen.muted = true;
  }

  setVolume(volume: number): void {
    this.#screen.volume = volume;
    this.store.setState({ volume });
    if (volume > 0) this.setMuted(false);
    else this.setMuted(true);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#screen.removeEventListener("pause", this.resume);
    this.#screen.srcObject = null;
  }
}
