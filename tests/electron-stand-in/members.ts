/**
 * Every member of `electron` that main/ and preload/ may use, by the names of electron.d.ts.
 * What is not here throws "<member> is not in the stand-in", and does not compile in
 * tests/electron-stand-in-members.test.ts.
 */
export const members = {
  App: {
    members: [
      "whenReady", "isReady", "quit", "exit", "getPath", "setPath", "getVersion", "getName", "setName", "getLocale", "getAppPath",
      "requestSingleInstanceLock", "hasSingleInstanceLock", "releaseSingleInstanceLock", "disableHardwareAcceleration",
      "commandLine", "isPackaged", "name",
    ],
    events: [
      "ready", "window-all-closed", "before-quit", "will-quit", "quit", "second-instance", "activate", "child-process-gone",
      "render-process-gone", "browser-window-created", "web-contents-created",
    ],
  },
  CommandLine: { members: ["hasSwitch", "getSwitchValue", "appendSwitch"], events: [] },
  BrowserWindow: {
    members: [
      "getAllWindows", "fromWebContents", "getFocusedWindow", "fromId", "id", "webContents", "loadURL", "reload", "show", "hide", "focus", "close", "destroy",
      "isDestroyed", "isVisible", "isFocused", "isMinimized", "minimize", "restore", "setTitle", "getTitle",
    ],
    events: ["closed", "close", "ready-to-show", "focus", "blur", "minimize", "restore", "show", "hide"],
  },
  WebContents: {
    members: [
      "id", "mainFrame", "session", "getURL", "loadURL", "send", "postMessage", "reload", "isDestroyed", "isLoading", "isCrashed",
      "setWindowOpenHandler", "getTitle", "close",
    ],
    events: [
      "will-navigate", "did-start-navigation", "did-navigate", "did-finish-load", "dom-ready", "render-process-gone",
      "console-message", "destroyed",
    ],
  },
  WebFrameMain: { members: ["url", "origin", "parent", "top", "routingId", "processId", "detached", "isDestroyed"], events: [] },
  IpcMain: { members: ["handle", "handleOnce", "removeHandler", "on", "once", "off", "removeListener", "removeAllListeners"], events: [] },
  IpcRenderer: { members: ["invoke", "send", "postMessage", "on", "once", "off", "removeListener", "removeAllListeners"], events: [] },
  ContextBridge: { members: ["exposeInMainWorld"], events: [] },
  MessageChannelMain: { members: ["port1", "port2"], events: [] },
  MessagePortMain: { members: ["postMessage", "start", "close"], events: ["message", "close"] },
  UtilityProcess: { members: ["fork", "pid", "postMessage", "kill", "stdout", "stderr"], events: ["spawn", "exit", "message"] },
  ParentPort: { members: ["postMessage"], events: ["message"] },
  Protocol: { members: ["registerSchemesAsPrivileged", "handle", "unhandle", "isProtocolHandled"], events: [] },
  Session: {
    members: [
      "defaultSession", "protocol", "setPermissionCheckHandler", "setPermissionRequestHandler", "setDisplayMediaRequestHandler",
    ],
    events: [],
  },
  DesktopCapturer: { members: ["getSources"], events: [] },
  NativeImage: { members: ["toDataURL", "toPNG", "toJPEG", "isEmpty", "getSize"], events: [] },
  PowerSaveBlocker: { members: ["start", "stop", "isStarted"], events: [] },
  Shell: { members: ["openExternal"], events: [] },
  Menu: { members: ["setApplicationMenu"], events: [] },
} as const satisfies Record<string, { members: readonly string[]; events: readonly string[] }>;

export type StandInType = keyof typeof members;
