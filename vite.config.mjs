import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { ascPlugin } from "./scripts/asc-plugin.mjs";

const fromRoot = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Node code: dependencies stay outside the bundle, as packaged apps ship node_modules. */
const node = (input, outDir, format, emptyOutDir = true) =>
  defineConfig({
    configFile: false,
    root: fromRoot("."),
    logLevel: "warn",
    build: {
      ssr: true,
      target: "node24",
      outDir: fromRoot(`out/${outDir}`),
      emptyOutDir,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input,
        external: ["electron"],
        output: {
          format,
          entryFileNames: format === "cjs" ? "[name].cjs" : "[name].js",
          chunkFileNames: "[name]-[hash].js",
        },
      },
    },
    ssr: format === "cjs" ? { noExternal: true } : {},
  });

/** Pages: one bundle per audience, since anchors run our engine and viewers bring their own. */
const pages = (html, outDir, target) =>
  defineConfig({
    configFile: false,
    root: fromRoot("renderer"),
    base: "./",
    logLevel: "warn",
    plugins: [react()],
    worker: { format: "es", plugins: () => [ascPlugin()] },
    build: {
      target,
      outDir: fromRoot(`out/${outDir}`),
      emptyOutDir: true,
      sourcemap: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: html.map((file) => fromRoot(`renderer/${file}`)) },
    },
  });

/** Everything `scripts/build.mjs` builds, by name. Each preload is one file by itself. */
export const targets = {
  main: node(
    { index: fromRoot("main/index.ts"), "room-server": fromRoot("main/room-server/index.ts") },
    "main",
    "es",
  ),
  preload: [
    node({ studio: fromRoot("preload/studio.ts") }, "preload", "cjs"),
    node({ chat: fromRoot("preload/chat.ts") }, "preload", "cjs", false),
  ],
  studio: pages(["studio.html", "chat.html"], "renderer", "chrome156"),
  watch: pages(["watch.html"], "watch", ["es2020", "safari15"]),
  moderate: pages(["moderate.html"], "moderate", ["es2022", "safari16"]),
};
