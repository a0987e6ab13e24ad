import type { Session } from "electron";
import { describe, expect, test } from "vitest";
import { type SystemKind, allowsPermission, installPermissions } from "../../main/permissions.ts";

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
  installPermissions(
    {
      setPermissionCheckHandler: (handler) => void (installed.check = handler),
      setPermissionRequestHandler: (handler) => void (installed.request = handler),
    },
    () => Promise.resolve(true),
  );
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

describe("a camera and a microphone", () => {
  type Request = Parameters<NonNullable<Parameters<Session["setPermissionRequestHandler"]>[0]>>;
  const ask = async (
    details: { requestingUrl?: string; mediaTypes?: ("audio" | "video")[] },
    allows: (kind: SystemKind) => boolean,
    permission: Request[1] = "media",
  ) => {
    let handler: ((...request: Request) => void) | null = null;
    const asked: SystemKind[] = [];
    installPermissions(
      {
        setPermissionCheckHandler: () => undefined,
        setPermissionRequestHandler: (given) => {
          handler = given;
        },
      },
      (kind) => {
        asked.push(kind);
        return Promise.resolve(allows(kind));
      },
    );
    const granted = await new Promise<boolean>((resolve) =>
      handler?.({} as Request[0], permission, resolve, {
        requestingUrl: page.url,
        isMainFrame: true,
        ...details,
      }),
    );
    return { granted, asked };
  };

  test("are for our page only where the system's user allows all that is asked for", async () => {
    expect(await ask({ mediaTypes: ["audio", "video"] }, () => true)).toEqual({
      granted: true,
      asked: ["microphone", "camera"],
    });
    const onlyCamera = (kind: SystemKind) => kind === "camera";
    expect(await ask({ mediaTypes: ["video"] }, onlyCamera)).toMatchObject({ granted: true });
    expect(await ask({ mediaTypes: ["audio", "video"] }, onlyCamera)).toMatchObject({
      granted: false,
    });
  });

  test("are not asked for in the name of others, nor for what needs no device", async () => {
    const elsewhere = { requestingUrl: "https://example.com/", mediaTypes: ["video" as const] };
    expect(await ask(elsewhere, () => true)).toEqual({ granted: false, asked: [] });
    expect(await ask({}, () => false, "fullscreen")).toEqual({ granted: true, asked: [] });
  });
});
