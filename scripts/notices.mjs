// THIRD-PARTY-NOTICES.md: every package whose code is in the product, with its licence text. Run, it writes the file.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(import.meta.dirname, "..");
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Packages of the build that end up in a bundle, beside the run-time `dependencies`. */
const bundled = [
  "@litertjs/core",
  "@lottiefiles/dotlottie-web",
  "@mediapipe/selfie_segmentation",
  "antd",
  "electron",
  "fflate",
  "i18next",
  "mediasoup-client",
  "mp4box",
  "pbf",
  "react",
  "react-dom",
  "react-i18next",
  "zustand",
];

/** The text that the file has to have. */
export const thirdPartyNotices = () => {
  const lock = readJson(join(root, "package-lock.json")).packages;
  const found = new Map();
  const visit = (name, from) => {
    for (let base = from; ; base = base.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
      const path = `${base}${base ? "/" : ""}node_modules/${name}`;
      if (lock[path]) {
        if (found.has(path)) return;
        found.set(path, lock[path]);
        // Electron's own packages only fetch it; what ships is its binary.
        if (name !== "electron")
          for (const dependency of Object.keys(lock[path].dependencies ?? {}))
            visit(dependency, path);
        return;
      }
      if (!base) return;
    }
  };
  for (const name of [
    ...Object.keys(readJson(join(root, "package.json")).dependencies),
    ...bundled,
  ])
    visit(name, "");

  const sections = [...found.keys()].toSorted().map((path) => {
    const folder = join(root, path);
    const { name, version, license } = readJson(join(folder, "package.json"));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
    return `## ${name} ${version}\n\nLicence: ${license ?? "see below"}\n${text ? `\n\`\`\`text\n${text}\n\`\`\`\n` : ""}`;
  });

  return `# Third-party notices

Made by \`node scripts/notices.mjs\`. The SFU worker (mediasoup, ISC) also contains parts of libwebrtc (BSD-3-Clause),
OpenSSL (Apache-2.0), libsrtp (BSD-3-Clause), libuv (MIT), abseil (Apache-2.0), FlatBuffers (Apache-2.0) and, where
it was downloaded, unordered_dense (MIT). Electron contains Chromium, whose notices come with it as
\`LICENSES.chromium.html\`. The table of Chinese characters in opencc-js is Open Chinese Convert's (Apache-2.0). LiteRT
contains parts of TensorFlow Lite, FlatBuffers and abseil (Apache-2.0) and of XNNPACK (BSD-3-Clause).

${sections.join("\n")}`;
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(root, "THIRD-PARTY-NOTICES.md"), thirdPartyNotices());
