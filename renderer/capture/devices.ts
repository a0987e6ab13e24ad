import { createStore, type StoreApi } from "zustand/vanilla";
import type { Devices } from "../session/state.ts";

/** One plug can make a handful of events. */
const coalesceMs = 250;
/** The system's aliases of real devices. */
const aliases = new Set(["default", "communications", ""]);

/** The cameras and microphones there are, followed while they come and go. */
export class DeviceWatch {
  readonly store: StoreApi<Devices> = createStore<Devices>(() => ({
    cameras: [],
    microphones: [],
  }));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  readonly #onChange = () => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, coalesceMs);
  };

  constructor() {
    navigator.mediaDevices.addEventListener("devicechange", this.#onChange);
    void this.refresh();
  }

  /** Also called after a capture was allowed: before that labels are hidden. */
  async refresh(): Promise<void> {
    const all = await navigator.mediaDevices.enumerateDevices();
    if (this.#closed) return;
    const ofKind = (wanted: MediaDeviceKind) =>
      all
        .filter(({ kind, deviceId }) => kind === wanted && !aliases.has(deviceId))
        .map(({ deviceId, label }) => ({ deviceId, label }));
    this.store.setState({ cameras: ofKind("videoinput"), microphones: ofKind("audioinput") }, true);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    navigator.mediaDevices.removeEventListener("devicechange", this.#onChange);
  }
}
