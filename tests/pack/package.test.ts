// What the package of each system holds, over a runtime that is none, and that the packed app runs. Needs a build.
import { mkdtemp, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { globSync, readFileSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Arch,
  type System,
  packageApp,
  releaseSettings,
  stageWorker,
} from "../../scripts/packager.mjs";
import { thirdPartyNotices } from "../../scripts/notices.mjs";
import { testDocument, testPattern, testSettings } from "../e2e/fixtures.ts";
import { launchStudio } from "../e2e/studio-app.ts";
import { launchViewers, openViewer, waitForPicture } from "../e2e/viewer.ts";
import { asar, desktopEntry, fuses, plist, windowsFacts } from "./builder-tools.mjs";
import { writeDummyRuntime } from "./dummy-runtime.mjs";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** What mediasoup needs only while it is installed, with what that needs. */
const forInstallOnly = [
  "@isaacs/fs-minipass",
  "chownr",
  "data-uri-to-buffer",
  "fetch-blob",
  "formdata-polyfill",
  "minipass",
  "minizlib",
  "node-domexception",
  "node-fetch",
  "tar",
  "web-streams-polyfill",
  "yallist",
];

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
}

/** The name of a package, from its path in a tree: packaging may place it elsewhere in it. */
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, "");

/** The run-time packages by the lockfile. */
const runtimePackages = (): string[] => {
  const { packages } = JSON.parse(read("package-lock.json")) as {
    packages: Record<string, Locked>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional, optional }]) => path && !dev && !devOptional && !optional)
    .map(([path]) => nameOf(path))
    .filter((name) => !name.startsWith("@types/") && !forInstallOnly.includes(name))
    .toSorted();
};

const extensions = {
  bundle: /\.(js|cjs|html|css|svg|png|webp|woff2|wasm|tflite)$/,
  resource: /\.(json|svg|png|apng|avif|webp|svga|lottie|mp4|ogg)$/,
  dependency: /(\.(js|cjs|mjs|json)|\/licen[cs]e(\.txt|\.md)?|\/licen[cs]es\/[^/]+)$/i,
} as const;

const belongs = (path: string): boolean => {
  if (path === "package.json") return true;
  if (/^out\/(main|preload|renderer|watch|moderate)\//.test(path))
    return extensions.bundle.test(path);
  if (path.startsWith("resources/"))
    return (
      extensions.resource.test(path) &&
      !/^resources\/(entitlements|icons|info-plist|installer|locales)\//.test(path)
    );
  return path.startsWith("node_modules/") && extensions.dependency.test(path);
};
const neverBelongs =
  /\.map$|\.[cm]?tsx?$|stand-in|(^|\/)(tests?|__tests__|docs?|examples?|src\/.*\.ts)\/|mediasoup\/worker|^scripts\//;

/** Electron's own Info.plist has sentences for Bluetooth and the like, which this app never asks for. */
const ours = (usages: readonly string[]): string[] =>
  usages.filter((key) => /Camera|Microphone|AudioCapture|LocalNetwork/.test(key));

/** Undefined where the process has ended meanwhile, or is another user's. */
const readLink = (path: string): string | undefined => {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
};

interface Packed {
  readonly directory: string;
  readonly resources: string;
  /** Files in the archive, from its root. */
  readonly files: readonly string[];
  readonly desktop: string;
}

let work: string;
const packages = new Map<System, Packed>();
const packedFor = (system: System): Packed => {
  const packed = packages.get(system);
  if (!packed) throw new Error(`not packed for ${system}`);
  return packed;
};

afterAll(() => rm(work, { recursive: true, force: true }));

const resourcesIn: Record<System, string> = {
  linux: "linux-unpacked/resources",
  win32: "win-unpacked/resources",
  darwin: "mac-arm64/Anchor Studio.app/Contents/Resources",
};

const pack = async (system: System, arch: Arch, worker: string): Promise<Packed> => {
  const directory = join(work, system);
  const runtime = join(work, `runtime-${system}`);
  writeDummyRuntime(system, runtime);
  const unstage = stageWorker({ system, arch, worker });
  let desktop = "";
  try {
    await packageApp({
      system,
      arches: [arch],
      kinds: ["dir"],
      settings: {
        electronDist: runtime,
        directories: { output: directory },
        afterPack: async (context: Parameters<typeof desktopEntry>[0]) => {
          if (system === "linux") desktop = await desktopEntry(context);
        },
      },
    });
  } finally {
    unstage();
  }
  const resources = join(directory, resourcesIn[system]);
  const entries = asar.listPackage(join(resources, "app.asar")).map((path) => path.slice(1));
  const directories = new Set(entries.map((path) => path.split("/").slice(0, -1).join("/")));
  return { directory, resources, files: entries.filter((path) => !directories.has(path)), desktop };
};

const dummyWorker = async (): Promise<string> => {
  const path = join(work, "dummy-worker");
  await writeFile(path, "no program");
  return path;
};
const realWorker = (): string => {
  const path = process.env["MEDIASOUP_WORKER_BIN"];
  if (!path) throw new Error("MEDIASOUP_WORKER_BIN is not set");
  return path;
};

/** The state of every fuse that Electron 45 has, by @electron/fuses' numbers; the last one keeps Electron's default. */
const wantedFuses = { 0: "0", 1: "1", 2: "0", 3: "0", 4: "1", 5: "1", 6: "0", 7: "0", 8: "1" };

const systems = [
  { system: "linux", arch: "x64", program: "linux-unpacked/anchor-studio" },
  { system: "win32", arch: "x64", program: "win-unpacked/Anchor Studio.exe" },
  { system: "darwin", arch: "arm64", program: "mac-arm64/Anchor Studio.app" },
] as const;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), "anchor-pack-"));
  for (const { system, arch } of systems) {
    const worker = system === "linux" ? realWorker() : await dummyWorker();
    packages.set(system, await pack(system, arch, worker));
  }
});

describe.each(systems)("the package for $system", ({ system, program }) => {
  const files = () => packedFor(system).files;

  it("holds nothing but what belongs into it", () => {
    expect(files().filter((path) => !belongs(path))).toEqual([]);
    expect(files().filter((path) => neverBelongs.test(path))).toEqual([]);
  });

  it("holds everything that was built and that is read at run time", () => {
    const built = globSync(["out/{main,preload,renderer,watch}/**/*.*", "resources/gifts/*"], {
      cwd: root,
    }).filter((path) => !path.endsWith(".map"));
    expect(built.length).toBeGreaterThanOrEqual(30);
    expect(built.filter((path) => !files().includes(path))).toEqual([]);
  });

  it("holds the run-time packages, and no others", () => {
    const manifests = files()
      .filter((path) => /(^|\/)node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(path))
      .map((path) => nameOf(path.replace(/\/package\.json$/, "")));
    expect(manifests.toSorted()).toEqual(runtimePackages());
  });

  it("has the SFU worker, the licence and the notices beside the archive", async () => {
    const worker = join(
      packedFor(system).resources,
      "sfu-worker",
      system === "win32" ? "mediasoup-worker.exe" : "mediasoup-worker",
    );
    expect((await stat(worker)).size).toBeGreaterThan(0);
    expect(await readFile(join(packedFor(system).resources, "LICENSE"), "utf8")).toBe(
      read("LICENSE"),
    );
    expect(
      await readFile(join(packedFor(system).resources, "THIRD-PARTY-NOTICES.md"), "utf8"),
    ).toBe(thirdPartyNotices());
  });

  it("has its fuses set", async () => {
    const { version, ...wire } = await fuses.getCurrentFuseWire(
      join(packedFor(system).directory, program),
    );
    expect(version).toBe("1");
    expect(
      Object.fromEntries(
        Object.entries(wire).map(([fuse, state]) => [fuse, String.fromCharCode(Number(state))]),
      ),
    ).toEqual(wantedFuses);
  });
});

describe("the package for Linux", () => {
  const packed = () => packedFor("linux");
  it("opens from the desktop, and for links", () => {
    expect(packed().desktop.split("\n")).toEqual(
      expect.arrayContaining([
        "Name=Anchor Studio",
        "Name[zh_CN]=主播台",
        'Exec="/opt/Anchor Studio/anchor-studio" %U',
        "Icon=anchor-studio",
        "StartupWMClass=anchor-studio",
        "MimeType=x-scheme-handler/anchor-studio;",
        "Categories=AudioVideo;",
      ]),
    );
  });

  it("says in its package.json what it is, and nothing of how it is developed", () => {
    asar.extractAll(join(packed().resources, "app.asar"), join(work, "manifest"));
    const manifest: unknown = JSON.parse(readFileSync(join(work, "manifest/package.json"), "utf8"));
    expect(manifest).toMatchObject({
      name: "anchor-studio",
      productName: "Anchor Studio",
      desktopName: "anchor-studio.desktop",
      main: "out/main/index.js",
      type: "module",
    });
    expect(manifest).not.toHaveProperty("devDependencies");
    expect(manifest).not.toHaveProperty("scripts");
  });

  it("does not name a place for updates that nobody gave", async () => {
    await expect(stat(join(packed().resources, "app-update.yml"))).rejects.toThrow("ENOENT");
  });

  it("runs: goes live in its own room with its own SFU worker, and ends", async () => {
    // Out of reach of the project's node_modules, and laid out as Electron sees it.
    const resources = join(work, "installed/resources");
    const app = join(resources, "app.asar");
    await mkdir(resources, { recursive: true });
    asar.extractAll(join(packed().resources, "app.asar"), app);
    await rename(join(packed().resources, "sfu-worker"), join(resources, "sfu-worker"));
    const studio = await launchStudio({
      packagedApp: app,
      document: testDocument([testPattern]),
      settings: testSettings,
      env: { MEDIASOUP_WORKER_BIN: undefined },
    });
    const viewers = await launchViewers();
    try {
      const viewer = await openViewer(viewers, studio.viewerUrl);
      await studio.page.getByRole("button", { name: "开播", exact: true }).click();
      await waitForPicture(viewer.page);
      const workers = globSync("/proc/[0-9]*/exe")
        .map((link) => readLink(link))
        .filter((path) => path === join(resources, "sfu-worker/mediasoup-worker"));
      expect(workers).toHaveLength(1);
      await studio.close();
      expect(studio.process.exitCode).toBe(0);
    } finally {
      await viewers.close();
      await studio.kill();
    }
  });
});

describe("the package for Windows", () => {
  const packed = () => packedFor("win32");

  it("is described and has its icons, and binds the archive to the program", async () => {
    const { strings, iconSidesPx, integrity } = windowsFacts(
      await readFile(join(packed().directory, "win-unpacked/Anchor Studio.exe")),
    );
    expect(strings).toMatchObject({ ProductName: "Anchor Studio" });
    expect(iconSidesPx).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
    expect(integrity).toMatchObject([{ file: "resources\\app.asar", alg: "SHA256" }]);
  });
});

describe("the package for macOS", () => {
  const contents = (...path: string[]): string =>
    join(packedFor("darwin").resources, "..", ...path);

  it("asks for devices in both languages, takes links, and binds the archive to the app", async () => {
    const info = plist.parse(await readFile(contents("Info.plist"), "utf8"));
    expect(info).toMatchObject({
      CFBundleIdentifier: "cn.anchorstudio.desktop",
      CFBundleURLTypes: [{ CFBundleURLSchemes: ["anchor-studio"] }],
      CFBundleLocalizations: ["en", "zh_CN"],
      LSMinimumSystemVersion: "13.0",
      ElectronAsarIntegrity: { "Resources/app.asar": { algorithm: "SHA256" } },
    });
    const usages = Object.keys(info).filter((key) => /^NS\w+UsageDescription$/.test(key));
    expect(usages).toEqual(
      expect.arrayContaining([
        "NSCameraUsageDescription",
        "NSMicrophoneUsageDescription",
        "NSAudioCaptureUsageDescription",
        "NSLocalNetworkUsageDescription",
      ]),
    );
    const stringsOf = (locale: string): Promise<string> =>
      readFile(contents("Resources", `${locale}.lproj/InfoPlist.strings`), "utf8");
    for (const locale of ["en", "zh_CN"]) {
      const lines = (await stringsOf(locale)).matchAll(/^"(\w+)" = ".+";$/gm);
      expect([...lines].map(([, key]) => key)).toEqual(
        expect.arrayContaining([...ours(usages), "CFBundleDisplayName"]),
      );
    }
    const english = await stringsOf("en");
    for (const key of ours(usages)) expect(english).toContain(`"${String(info[key])}"`);
  });

  it("has its icon", async () => {
    const info = plist.parse(await readFile(contents("Info.plist"), "utf8"));
    const icon = await readFile(contents("Resources", String(info["CFBundleIconFile"])));
    expect(icon.equals(await readFile(join(root, "resources/icons/icon.icns")))).toBe(true);
  });
});

it("puts an update feed into the package where one is named", async () => {
  const runtime = join(work, "runtime-feed");
  writeDummyRuntime("linux", runtime);
  const output = join(work, "feed");
  const unstage = stageWorker({ system: "linux", arch: "x64", worker: await dummyWorker() });
  try {
    await packageApp({
      system: "linux",
      arches: ["x64"],
      kinds: ["dir"],
      settings: {
        ...releaseSettings({ ANCHOR_UPDATE_URL: "https://updates.test/studio" }),
        electronDist: runtime,
        directories: { output },
      },
    });
  } finally {
    unstage();
  }
  const feed = await readFile(join(output, "linux-unpacked/resources/app-update.yml"), "utf8");
  expect(feed).toContain("provider: generic");
  expect(feed).toContain("url: https://updates.test/studio");
});
