// What the sources and the manifest must and must not have, and the truth of docs/security.md.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const sources = globSync("{main,preload,renderer}/**/*.{ts,tsx,html}", { cwd: root });

/** Every object literal that is the value of a property called `name`, as its keys and the text of their values. */
const objectsNamed = (name: string, path: string): Record<string, string>[] => {
  const code = read(path);
  const found: Record<string, string>[] = [];
  const Property = z.object({
    type: z.literal("Property"),
    key: z.object({ name: z.string() }),
    value: z.object({ start: z.number(), end: z.number() }),
  });
  const Named = z.object({
    type: z.literal("Property"),
    key: z.object({ name: z.literal(name) }),
    value: z.object({ type: z.literal("ObjectExpression"), properties: z.array(Property) }),
  });
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    const named = Named.safeParse(node);
    if (named.success)
      found.push(
        Object.fromEntries(
          named.data.value.properties.map(({ key, value }) => [
            key.name,
            code.slice(value.start, value.end),
          ]),
        ),
      );
    Object.values(node).forEach(visit);
  };
  visit(parseSync(path, code).program.body);
  return found;
};

const inMain = sources.filter((path) => path.startsWith("main/"));
const filesWith = (pattern: RegExp, among = sources): string[] =>
  among.filter((path) => pattern.test(read(path)));

describe("the sources", () => {
  it("open windows in one place, sandboxed, isolated and without Node", () => {
    expect(filesWith(/new (BrowserWindow|WebContentsView|BrowserView|BaseWindow)\(/)).toEqual([
      "main/windows.ts",
    ]);
    const preferences = inMain.flatMap((path) => objectsNamed("webPreferences", path));
    expect(preferences.length).toBeGreaterThan(0);
    for (const each of preferences)
      expect(each).toEqual({
        preload: "ports.preload",
        sandbox: "true",
        contextIsolation: "true",
        nodeIntegration: "false",
        backgroundThrottling: "false",
      });
  });

  it.each([
    ["no web security", /webSecurity|allowRunningInsecureContent|disable-web-security/],
    ["experimental features", /experimentalFeatures|enableBlinkFeatures|enable-blink-features/],
    ["webviews", /webviewTag|<webview|allowpopups/i],
    ["Node in workers and frames", /nodeIntegrationIn(Worker|SubFrames)/],
    ["no sandbox", /no-sandbox|disable-site-isolation|sandbox: false/],
    ["addresses handed to the system", /\bshell\b|openExternal|openPath/],
    ["pages that are files", /loadFile\(|file:\/\//],
    ["a scheme past the policy", /bypassCSP|corsEnabled/],
    ["scripts put into a page", /executeJavaScript|insertCSS|dangerouslySetInnerHTML|innerHTML/],
    ["text run as code", /\beval\(|new Function\(|runInThisContext/],
    ["certificates taken on trust", /certificate-error|setCertificateVerifyProc/],
  ])("have no words for %s", (_what, pattern) => {
    expect(filesWith(pattern)).toEqual([]);
  });

  it("give pages one bridge of two functions, and nothing of Electron's", () => {
    const preloads = globSync("preload/*.ts", { cwd: root });
    expect(filesWith(/exposeInMainWorld/)).toEqual(["preload/expose-bridge.ts"]);
    expect(filesWith(/from "electron"/, preloads)).toEqual(["preload/expose-bridge.ts"]);
    const exposed = /exposeInMainWorld\(([^)]*)\)/.exec(read("preload/expose-bridge.ts"))?.[1];
    expect(exposed).toBe('"studioBridge", bridge');
  });

  it("take a certificate that nobody vouches for by its fingerprint alone", () => {
    expect(filesWith(/rejectUnauthorized|NODE_TLS_REJECT/)).toEqual([
      "main/room/pinned-connection.ts",
    ]);
  });

  it("hear a page at one channel, through the router", () => {
    expect(filesWith(/ipcMain\.(handle|on|once)\(/)).toEqual(["main/index.ts"]);
    expect(read("main/index.ts").match(/ipcMain\.\w+\(/g)).toEqual(["ipcMain.handle("]);
  });

  it("name exactly one version of Electron", () => {
    const { devDependencies } = z
      .object({ devDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read("package.json")));
    expect(devDependencies["electron"]).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe("docs/security.md", () => {
  const document = read("docs/security.md");
  const text = document.replaceAll(/\s+/g, " ");
  /** `path`: "title" */
  const cited = [...text.matchAll(/`(tests\/[^`]+)`: "([^"]+)"/g)].map(
    ([, path = "", title = ""]) => [path, title] as const,
  );

  it("goes through all twenty points of the tutorial, each with a test or the reason for none", () => {
    const rows = [...document.matchAll(/^\| (\d+) \|(.*)\|$/gm)];
    expect(rows.map(([, number]) => Number(number))).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    for (const [, number, text = ""] of rows)
      expect([number, /`tests\/[^`]+`: "|Does not apply|Not tested here/.test(text)]).toEqual([
        number,
        true,
      ]);
  });

  it.each(cited)("cites a test that is there: %s, %s", (path, title) => {
    expect(existsSync(join(root, path))).toBe(true);
    const code = read(path).replaceAll(/\s+/g, " ");
    expect([`("${title}"`, `( "${title}"`].some((call) => code.includes(call))).toBe(true);
  });

  it("cites files that are there", () => {
    const paths = [...document.matchAll(/`((?:main|preload|renderer|scripts|tests)\/[^`*]+)`/g)];
    expect(paths.length).toBeGreaterThan(20);
    for (const [, path = ""] of paths)
      expect([path, existsSync(join(root, path))]).toEqual([path, true]);
  });
});
