// Maps `electron` to the stand-in: node --import <this file> out/main/index.js
import { registerHooks } from "node:module";

const standIn = new URL("./electron.ts", import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === "electron" || specifier === "electron/main") {
      return { url: standIn, format: "module-typescript", shortCircuit: true };
    }
    return nextResolve(specifier, context);
  },
});
