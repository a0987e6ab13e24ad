import { expect, test } from "vitest";
import type { Session } from "electron";
import { allowsPermission, installPermissions } from "../../main/permissions.ts";

const page = { url: "studio://app/studio.html", isMainFrame: true };

test.each([
  "media",
  "display-capture",
  "speaker-selection",
  "clipboard-sanitized-write",
  "loopback-network",
  "fullscreen",
])("%s is for our page only", (permission) => {
  expect(allowsPermission(permission, page)).toBe(true);
  // Electron gives some checks the origin only.
  expect(allowsPermission(permission, { ...page, url: "studio://app/" })).toBe(true);
  expect(allowsPermission(permission, { ...page, isMainFrame: false })).toBe(false);
  for (const url of [
    "",
    "https://example.com/",
    "studio://app.example.com/",
    "file:///studio.html",
  ])
    expect(allowsPermission(permission, { ...page, url })).toBe(false);
});

test.each(["geolocation", "notifications", "usb", "clipboard-read", "openExternal", "unknown", ""])(
  "%s is for nobody",
  (permission) => expect(allowsPermission(permission, page)).toBe(false),
);

test("both of the session's handlers decide by it: who asks later, and who looks first", () => {
  type Check = Parameters<Session["setPermissionCheckHandler"]>[0];
  type Request = Parameters<Session["setPermissionRequestHandler"]>[0];
  const installed: { check?: Check; request?: Request } = {};
  installPermissions({
    setPermissionCheckHandler: (handler) => void (installed.check = handler),
    setPermissionRequestHandler: (handler) => void (installed.request = handler),
  });
  const ask = (permission: "media" | "geolocation", url: string, isMainFrame: boolean) => {
    const answers: boolean[] = [];
    const contents = {} as Parameters<NonNullable<Request>>[0];
    const details = { requestingUrl: url, isMainFrame };
    installed.request?.(contents, permission, (answer) => answers.push(answer), details);
    answers.push(
      installed.check?.(null, permission, url, { isMainFrame, embeddingOrigin: "" }) ?? true,
    );
    return answers;
  };
  expect(ask("media", "studio://app/studio.html", true)).toEqual([true, true]);
  expect(ask("media", "studio://app/studio.html", false)).toEqual([false, false]);
  expect(ask("media", "https://example.com/", true)).toEqual([false, false]);
  expect(ask("geolocation", "studio://app/studio.html", true)).toEqual([false, false]);
});
