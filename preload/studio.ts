import { exposeBridge } from "./expose-bridge.ts";

// Bundled to CommonJS: sandboxed preloads cannot be ES modules (electronjs.org/docs/latest/tutorial/esm).
exposeBridge("studio");
