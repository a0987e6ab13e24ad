import { describe, expect, it } from "vitest";
import { Player, type Screen } from "../../../renderer/watch/player.ts";

/** A video element whose browser allows `sound`, only `picture`, or `nothing` without a touch. */
class FakeScreen implements Screen {
  allowed: "sound" | "picture" | "nothing";
  paused = true;
  muted = false;
  volume = 1;
  srcObject: MediaProvider | null = null;
  readonly #onPause = new Set<() => void>();

  constructor(allowed: FakeScreen["allowed"]) {
    this.allowed = allowed;
  }

  play(): Promise<void> {
    if (this.allowed === "nothing" || (this.allowed === "picture" && !this.muted))
      return Promise.reject(new DOMException("refused", "NotAllowedError"));
    this.paused = false;
    return Promise.resolve();
  }

  addEventListener(_type: string, listener: unknown): void {
    if (typeof listener === "function")
      this.#onPause.add(() => void Reflect.apply(listener, this, []));
  }

  removeEventListener(): void {
    this.#onPause.clear();
  }

  pauseBySystem(): void {
    this.paused = true;
    for (const listener of this.#onPause) listener();
  }
}

const stream = {} as MediaStream;
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const playerOn = async (allowed: FakeScreen["allowed"]) => {
  const screen = new FakeScreen(allowed);
  const player = new Player(screen, 0.5);
  player.show(stream);
  await settled();
  return { screen, player };
};

describe("Player", () => {
  it("plays with sound where the browser lets it", async () => {
    const { screen, player } = await playerOn("sound");
    expect([screen.paused, screen.muted, screen.volume]).toEqual([false, false, 0.5]);
    expect(player.store.getState().blocked).toBe("none");
  });

  it("plays muted and asks for a touch where sound is refused", async () => {
    const { screen, player } = await playerOn("picture");
    expect([screen.paused, screen.muted]).toEqual([false, true]);
    expect(player.store.getState()).toMatchObject({ blocked: "sound", muted: false });
    screen.allowed = "sound";
    player.touch();
    await settled();
    expect([screen.paused, screen.muted]).toEqual([false, false]);
    expect(player.store.getState().blocked).toBe("none");
  });

  it("asks for a touch to play at all where even the muted picture is refused", async () => {
    const { screen, player } = await playerOn("nothing");
    expect(player.store.getState().blocked).toBe("play");
    screen.allowed = "sound";
    player.touch();
    await settled();
    expect([screen.paused, screen.muted]).toEqual([false, false]);
  });

  it("stays muted for the next stream while sound is still refused", async () => {
    const { screen, player } = await playerOn("picture");
    player.show({} as MediaStream);
    await settled();
    expect([screen.paused, screen.muted]).toEqual([false, true]);
    expect(player.store.getState().blocked).toBe("sound");
  });

  it("goes on where the system paused it, and not after it was closed", async () => {
    const { screen, player } = await playerOn("sound");
    screen.pauseBySystem();
    await settled();
    expect(screen.paused).toBe(false);
    player.close();
    player.close();
    screen.pauseBySystem();
    await settled();
    expect(screen.paused).toBe(true);
  });

  it("mutes by the volume's end and back", async () => {
    const { screen, player } = await playerOn("sound");
    player.setVolume(0);
    expect([screen.muted, player.store.getState().muted]).toEqual([true, true]);
    player.setVolume(0.3);
    await settled();
    expect([screen.muted, screen.volume]).toEqual([false, 0.3]);
  });
});
