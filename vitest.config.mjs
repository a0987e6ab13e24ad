import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { ascPlugin } from "./scripts/asc-plugin.mjs";

const chromium = {
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream=device-count=2,fps=30",
    "--use-fake-ui-for-media-stream",
  ],
};

/** What cannot run on the real Electron, or only on some systems. */
const notOnElectron = [
  // About what stands in for it.
  "tests/e2e/electron-stand-in/**",
  "tests/e2e/scripts/**",
  // Windows and keys by X11.
  ...(process.platform === "linux" ? [] : ["tests/e2e/{capture,quit}.test.ts"]),
  // macOS asks its user before a screen is recorded.
  ...(process.platform === "darwin" ? ["tests/e2e/restored-screen.test.ts"] : []),
];

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [ascPlugin()],
        test: {
          name: "unit",
          environment: "node",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: ["tests/browser/**", "tests/e2e/**", "tests/bench/**", "tests/pack/**"],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [ascPlugin()],
        // Found during a run, these would be bundled anew and reload the page under the tests.
        optimizeDeps: {
          include: [
            "@litertjs/core",
            "@litertjs/core/wasm/litert_wasm_internal.js",
            "@lottiefiles/dotlottie-web",
            "antd",
            "antd/locale/en_US",
            "antd/locale/zh_CN",
            "fast-check",
            "i18next",
            "mediasoup-client",
            "mp4box",
            "pbf",
            "react",
            "react-dom/client",
            "react-i18next",
            "react/jsx-dev-runtime",
            "zod",
            "zustand",
            "zustand/vanilla",
          ],
        },
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["tests/e2e/**/*.test.ts"],
          exclude: process.env.ANCHOR_RUNTIME === "electron" ? notOnElectron : [],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "pack",
          environment: "node",
          include: ["tests/pack/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
