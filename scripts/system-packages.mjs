// What the project needs of the system, on Debian: which package, and the file that tells it is there.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure, explain } from "./failure.mjs";
import { runTool } from "./tool.mjs";

const multiarch = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;
const include = "/usr/include";

const inPath = (command) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .some((directory) => directory && existsSync(join(directory, command)));

const command = (name, packageName = name) => [packageName, () => inPath(name)];
const file = (packageName, path) => [packageName, () => existsSync(path)];

const fonts = [
  file("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
  file("fonts-noto-color-emoji", "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
];

/** Packages by what they are for. */
const packages = {
  "stand-in": [command("chromium"), command("xdotool"), ...fonts],
  electron: [
    file("libgtk-3-0", `${multiarch}/libgtk-3.so.0`),
    file("libnss3", `${multiarch}/libnss3.so`),
    file("libasound2", `${multiarch}/libasound.so.2`),
    file("libgbm1", `${multiarch}/libgbm.so.1`),
    ...fonts,
  ],
  display: [command("Xvfb", "xvfb"), command("openbox")],
  tests: [command("ffmpeg"), command("xdotool")],
  "sfu-build": [
    command("g++"),
    command("make"),
    command("pkg-config"),
    command("meson"),
    command("ninja", "ninja-build"),
    command("python3"),
    command("flatc", "flatbuffers-compiler"),
    command("dpkg-source", "dpkg-dev"),
    command("openssl"),
    file("ca-certificates", "/etc/ssl/certs/ca-certificates.crt"),
    file("libuv1-dev", `${multiarch}/libuv_a.a`),
    file("libssl-dev", `${multiarch}/libssl.a`),
    file("libabsl-dev", `${multiarch}/libabsl_strings.a`),
    file("libflatbuffers-dev", `${include}/flatbuffers/flatbuffers.h`),
  ],
};

/**
 * The packages that are lacking for these purposes; none on systems that have no such packages.
 * @param {(keyof typeof packages)[]} purposes
 */
export const lackingPackages = (purposes) => {
  if (process.platform !== "linux") return [];
  const lacking = purposes
    .flatMap((purpose) => packages[purpose])
    .filter(([, isThere]) => !isThere())
    .map(([name]) => name);
  return [...new Set(lacking)];
};

/** Fails with a sentence that names the packages where only somebody else can install them. */
export const requireInstaller = (names) => {
  if (names.length === 0) return;
  const wanted = names.join(" ");
  if (!inPath("apt-get"))
    throw new Failure(
      `this system has no apt-get: install what Debian calls ${wanted} and try again`,
    );
  if (process.getuid() !== 0)
    throw new Failure(
      `system packages are lacking: run "sudo apt-get install ${wanted}" and try again`,
    );
};

let listsAreRead = false;

/**
 * Installs packages by apt-get, one call at a time, as root. It is never cut short: an interrupted
 * dpkg has to be repaired by hand.
 */
export const installPackages = async (names, { log, progress }) => {
  const wanted = names.join(" ");
  const apt = (args, onStatus) =>
    runTool(
      "apt-get",
      ["-q", "-y", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2", ...args],
      {
        log,
        env: { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
        ...(onStatus && { extraPipe: onStatus }),
      },
    );
  try {
    if (!listsAreRead) {
      progress("reading the package lists");
      // One unreachable repository among several fails it; whether that matters shows at the install.
      await apt(["update"]).catch((error) => log.write(`${error.message}\n`));
      listsAreRead = true;
    }
    await apt(
      ["-o", "APT::Status-Fd=3", "install", "--no-install-recommends", ...names],
      (line) => {
        // dlstatus:N:PERCENT:TEXT and pmstatus:PACKAGE:PERCENT:TEXT
        const [, kind, percent] = /^(dl|pm)status:[^:]*:([\d.]+):/.exec(line) ?? [];
        if (kind)
          progress(`${kind === "dl" ? "downloading" : "installing"} ${Math.round(percent)} %`);
      },
    );
  } catch (error) {
    const why = explain(error.cause ?? "", { source: "Debian's package server" });
    throw new Failure(
      why ?? `apt-get could not install ${wanted}: run "apt-get install ${wanted}" and try again`,
      {
        cause: error,
      },
    );
  }
};
