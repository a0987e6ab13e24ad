import { exposeBridge } from "./expose-bridge.ts";

// Bundled to CommonJS, as studio.ts is, and with nothing shared: a sandboxed preload can load no file beside it.
exposeBridge("chat");
