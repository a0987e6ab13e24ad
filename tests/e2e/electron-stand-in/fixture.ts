import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import type { setTimeout as delayOf } from "node:timers/promises";
import { setTimeout as delay } from "node:timers/promises";
import type * as Electron from "electron";

interface Bridge {
  node: string;
  limits: { list: number[] };
  invoke(
    channel: string,
    ...values: unknown[]
  ): Promise<{ value: unknown; from: string; origin: string }>;
  send(channel: string, ...values: unknown[]): void;
  add(left: number, right: number): number;
  twice(callback: (value: unknown) => unknown, value: unknown): unknown[];
  later(callback: (value: unknown) => unknown, value: unknown): Promise<unknown>;
  fail(): void;
  listen(channel: string, callback: (...values: unknown[]) => void): () => void;
  givePort(channel: string): void;
}

declare global {
  interface Window {
    /** What the fixture's preload exposes. */
    bridge: Bridge;
    heard: unknown[];
    stopListening: () => void;
    gotPort?: string;
  }
}

const folder = resolve(import.meta.dirname, "../../electron-stand-in");
export const fixture = join(folder, "fixture");
export const preload = join(fixture, "preload.cjs");

export interface Fixture {
  electron: typeof Electron;
  kept: Record<string, unknown> & { events: unknown[] };
  delay: typeof delayOf;
  gotLock: boolean;
}

interface Answer {
  id?: number;
  ready?: true;
  result?: unknown;
  error?: string;
}

/** The fixture's main process. Functions that are run there see only their arguments. */
export async function startFixture(
  userData: string,
  switches: string[] = [],
  environment: Record<string, string> = {},
) {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      "--import",
      join(folder, "register.mjs"),
      join(fixture, "main.mjs"),
      `--user-data-dir=${userData}`,
      ...switches,
    ],
    {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
      env: { ...process.env, ...environment },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text: Buffer) => (output += text.toString()));
  const asked = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  await new Promise<void>((done, failed) => {
    child.on("message", (answer: Answer) =>
      answer.ready ? done() : asked.get(answer.id ?? 0)?.(answer),
    );
    void exited.then(() => failed(new Error(`the fixture has ended: ${output}`)));
  });
  return {
    child,
    exited,
    output: () => output,
    run<A, R>(source: (fixture: Fixture, argument: A) => R, argument?: A): Promise<Awaited<R>> {
      return new Promise((done, failed) => {
        lastId += 1;
        void exited.then(() => failed(new Error(`the fixture has ended: ${output}`)));
        asked.set(lastId, ({ result, error }) =>
          error === undefined ? done(result as Awaited<R>) : failed(new Error(error)),
        );
        if (child.connected) child.send({ id: lastId, source: source.toString(), argument });
      });
    },
  };
}
export type RunningFixture = Awaited<ReturnType<typeof startFixture>>;

export const html = (body: string, title = "Fixture"): string =>
  `<!doctype html><title>${title}</title><body style="margin:0;background:#00a000">${body}`;

/** A window that shows `page` of the fixture's scheme, and nothing else. */
export async function openWindow(
  app: RunningFixture,
  page: string,
  options: Electron.BrowserWindowConstructorOptions = {},
): Promise<number> {
  return app.run(
    async ({ electron, kept }, { page, options, preload }) => {
      const window = new electron.BrowserWindow({
        width: 640,
        height: 400,
        ...options,
        webPreferences: {
          preload,
          sandbox: true,
          contextIsolation: true,
          backgroundThrottling: false,
        },
      });
      (kept["watch"] as ((window: Electron.BrowserWindow) => void) | undefined)?.(window);
      await window.loadURL(`fixture://app/${page}`);
      return window.id;
    },
    { page, options, preload },
  );
}

/** Every process whose command line names this profile. */
export function processesOf(userData: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(userData);
      } catch {
        return false;
      }
    })
    .map(Number);
}

export const findFreePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });

/** Waits until `read` gives something true; a page that is being loaded anew gives nothing yet. */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  limitMs = 10_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + limitMs;
  for (;;) {
    try {
      const value = await read();
      if (value) return value;
    } catch (error) {
      if (!String(error).includes("context was destroyed")) throw error;
    }
    if (Date.now() > end) throw new Error(`waited ${limitMs} ms for ${what}`);
    await delay(30);
  }
}
