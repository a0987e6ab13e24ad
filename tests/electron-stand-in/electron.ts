/** What `import … from "electron"` gives in the main process; members.ts lists what may be used of it. */
import "./display-media.ts";
import "./permissions.ts";

export { app } from "./app.ts";
export { BrowserWindow } from "./browser-window.ts";
export { desktopCapturer } from "./desktop-capturer.ts";
export { ipcMain } from "./ipc.ts";
export { Menu } from "./menu.ts";
export { MessageChannelMain } from "./ports.ts";
export { powerSaveBlocker } from "./power-save-blocker.ts";
export { protocol } from "./scheme-server.ts";
export { screen } from "./screen.ts";
export { session } from "./session.ts";
export { shell } from "./shell.ts";
export { systemPreferences } from "./system-preferences.ts";
export { utilityProcess } from "./utility-process.ts";
