import { expect, test } from "vitest";
import { allowsPermission } from "../../main/permissions.ts";

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
