import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import type { Settings } from "../../preload/contract/settings.ts";
import { electronBinary } from "../../scripts/runtime.mjs";

const root = resolve(import.meta.dirname, "../..");
const electron = process.env["ANCHOR_RUNTIME"] === "electron";

export const findFreePort = async (): Promise<number> =>
  new Promise((done, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") done(address.port);
        else reject(new Error("no port"));
      });
    });
  });

/** Waits until `read` gives something, and says what was waited for where it does not. */
export const waitFor = async <T>(
  what: string,
  read: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  limitMs = 20_000,
): Promise<T> => {
  const end = Date.now() + limitMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const value = await read();
      if (value !== undefined && value !== false && value !== null) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited ${limitMs} ms for ${what}`, { cause: last });
};

export interface StudioOptions {
  /** A profile to start again with; a new one is made without it. */
  readonly userDataDir?: string;
  readonly document?: SceneDocument;
  readonly settings?: Settings;
  /** Of the rehearsal room; any free one without it. */
  readonly roomPort?: number;
  readonly args?: readonly string[];
  /** `probe` leaves it to the app, as at an anchor's; the CPU without it, which is quick everywhere. */
  readonly painter?: "webgl" | "cpu" | "probe";
  /** Chromium switches, e.g. fake devices. */
  readonly chromiumArgs?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** A minimised window is hidden, as it is for an anchor; else Playwright keeps it visible. */
  readonly canBeHidden?: boolean;
  /** What was taken out of a package's archive, in place of the project; on the stand-in only. */
  readonly packagedApp?: string;
}

export interface StudioApp {
  readonly page: Page;
  readonly process: ChildProcess;
  readonly userDataDir: string;
  readonly viewerUrl: string;
  /** The studio's page by a new connection: `page` does not outlive a crash of its process. */
  attach(): Promise<Page>;
  /** Everything main and its children printed so far. */
  output(): string;
  /** Kills main at once, as a crash would; its children have to end by themselves. */
  kill(): Promise<void>;
  /** Ends the app as the anchor would, and throws where it does not end. */
  close(): Promise<void>;
}

const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once("exit", () => done()));

/** The command that starts an app whose package.json is in `directory`. */
const startCommand = (
  directory: string,
  switches: readonly string[],
): readonly [string, readonly string[]] =>
  electron
    ? [
        electronBinary() ?? "there is no Electron",
        [directory, ...switches, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
      ]
    : [
        process.execPath,
        [
          "--import",
          join(root, "tests/electron-stand-in/register.mjs"),
          join(directory, "out/main/index.js"),
          ...switches,
        ],
      ];

/** Opens a link as Linux and Windows do, by a second start with it, which ends by itself. */
export const openLinkInStudio = async (studio: StudioApp, link: string): Promise<void> => {
  const [command, args] = startCommand(root, [`--user-data-dir=${studio.userDataDir}`, link]);
  const second = spawn(command, args, { cwd: root, stdio: "ignore" });
  await exited(second);
};

/** Starts the built app (out/) with a real window and attaches to it; the caller closes it. */
export const launchStudio = async (options: StudioOptions = {}): Promise<StudioApp> => {
  const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), "anchor-studio-")));
  await mkdir(userDataDir, { recursive: true });
  if (options.document)
    await writeFile(join(userDataDir, "document.json"), JSON.stringify(options.document));
  if (options.settings)
    await writeFile(join(userDataDir, "settings.json"), JSON.stringify(options.settings));
  const debuggingPort = await findFreePort();
  const switches = [
    `--user-data-dir=${userDataDir}`,
    `--remote-debugging-port=${debuggingPort}`,
    `--room-port=${options.roomPort ?? 0}`,
    "--room-media-port=0",
    ...(options.painter === "probe" ? [] : [`--painter=${options.painter ?? "cpu"}`]),
    ...(options.args ?? []),
  ];
  const [command, args] = startCommand(options.packagedApp ?? root, [
    ...switches,
    ...(electron ? (options.chromiumArgs ?? []) : []),
  ]);
  const child = spawn(command, args, {
    cwd: options.packagedApp ?? root,
    env: {
      ...process.env,
      ANCHOR_CHROMIUM_ARGS: (options.chromiumArgs ?? []).join(" "),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-200_000);
    });
  let browser: Browser | undefined;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited(child);
    await browser?.close().catch(() => undefined);
  };
  try {
    const viewerUrl = await waitFor(
      "the viewers' link",
      () => (child.exitCode === null ? /^viewers: (\S+)/m.exec(output)?.[1] : "ended"),
      60_000,
    );
    if (viewerUrl === "ended") throw new Error(`main ended with ${child.exitCode}`);
    const attach = async (): Promise<Page> => {
      await browser?.close();
      browser = await waitFor("the debugging port", () =>
        chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`, {
          noDefaults: options.canBeHidden ?? false,
        }),
      );
      return waitFor("the studio window", () =>
        browser
          ?.contexts()
          .flatMap((context) => context.pages())
          .find((candidate) => candidate.url().includes("studio.html")),
      );
    };
    let latest = await attach();
    return {
      page: latest,
      attach: async () => {
        latest = await attach();
        return latest;
      },
      process: child,
      userDataDir,
      viewerUrl,
      output: () => output,
      kill: () => end("SIGKILL"),
      async close() {
        // The page may be gone before its answer is here.
        await latest
          .evaluate(async () => window.studioBridge.request("app.quit", { force: true }))
          .catch(() => undefined);
        await waitFor(
          "main to end",
          () => child.exitCode !== null || child.signalCode !== null,
          15_000,
        );
        await browser?.close().catch(() => undefined);
        if (!options.userDataDir)
          await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
      },
    };
  } catch (error) {
    await end("SIGKILL");
    throw new Error(`the studio did not start\n${output}`, { cause: error });
  }
};

export interface ModeratorApp {
  readonly page: Page;
  /** What its windows show. */
  pages(): readonly string[];
  close(): Promise<void>;
}

/** Starts the app by a link of the system, with a profile of its own, and attaches to its chat window. */
export const launchModerator = async (link: string): Promise<ModeratorApp> => {
  const userDataDir = await mkdtemp(join(tmpdir(), "anchor-moderator-"));
  const port = await findFreePort();
  const [command, args] = startCommand(root, [
    `--user-data-dir=${userDataDir}`,
    `--remote-debugging-port=${port}`,
    "--painter=cpu",
    "--lang=zh-CN",
    link,
  ]);
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000);
    });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close().catch(() => undefined);
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await exited(child);
    clearTimeout(timer);
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    browser = await waitFor("the debugging port", () =>
      chromium.connectOverCDP(`http://127.0.0.1:${port}`),
    );
    const all = () => browser?.contexts().flatMap((context) => context.pages()) ?? [];
    const page = await waitFor("the chat window", () =>
      all().find((candidate) => candidate.url().includes("chat.html")),
    );
    return { page, pages: () => all().map((each) => each.url()), close };
  } catch (error) {
    await close();
    throw new Error(`the app did not start\n${output}`, { cause: error });
  }
};
