import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { members, modules, type StandInType } from "./electron-stand-in/members.ts";

const root = resolve(import.meta.dirname, "..");
// Inside the project, where the compiler finds node_modules.
const work = mkdtempSync(join(root, "node_modules/.electron-in-use-"));
afterAll(() => rmSync(work, { recursive: true }));

/** The classes that a listed type takes members from. */
const parents: Partial<Record<string, StandInType>> = { BaseWindow: "BrowserWindow" };

/** One declaration of a member, without its comment: from its first line to the semicolon that ends it. */
function declarationEnd(lines: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < lines.length; at += 1) {
    const code = (lines[at] ?? "").replace(/'[^']*'|"[^"]*"|\/\/.*$|^\s*\*.*$/g, "");
    for (const character of code) depth += "([{<".includes(character) ? 1 : 0;
    for (const character of code.replaceAll("=>", "")) depth -= ")]}>".includes(character) ? 1 : 0;
    if (depth <= 0 && code.trimEnd().endsWith(";")) return at;
  }
  throw new Error(`line ${from} of electron.d.ts has no end`);
}

/** electron.d.ts, of whose listed types only the listed members and events are left, and of whose modules the listed ones. */
function electronInUse(): string {
  const lines = readFileSync(join(root, "node_modules/electron/electron.d.ts"), "utf8").split("\n");
  const kept: string[] = [];
  let type: StandInType | undefined;
  let inExports = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const opened = /^  (?:interface|class) (\w+)/.exec(line)?.[1];
    if (opened) {
      const name = parents[opened] ?? opened;
      type = name in members ? (name as StandInType) : undefined;
    }
    if (line.startsWith("  namespace ")) inExports = line.includes("CrossProcessExports");
    const value = inExports ? /^    (?:const|class) (\w+)/.exec(line)?.[1] : undefined;
    if (value && !modules.includes(value)) continue;
    if (line === "  }") type = undefined;
    const member = type && /^    (?:static |readonly )*(\w+)\??[(:<]/.exec(line)?.[1];
    if (!type || !member || member === "constructor") {
      // What has no events in use is no event emitter.
      const listed: readonly string[] = type ? members[type].members : [];
      const emits = !opened || !type || members[type].events.length > 0 || listed.includes("on");
      kept.push(emits ? line : line.replace(/ extends Node(JS\.)?EventEmitter/, ""));
      continue;
    }
    const end = declarationEnd(lines, at);
    const event = /^    \w+\(event: '([^']+)'/.exec(line)?.[1];
    const listed: readonly string[] =
      event === undefined ? members[type].members : members[type].events;
    if (listed.includes(event ?? member)) kept.push(...lines.slice(at, end + 1));
    at = end;
  }
  return kept.join("\n");
}

/** The compiler's complaints about `files`, for which `electron` is what the stand-in has of it. */
function check(name: string, files: readonly string[]): Promise<string[]> {
  const config = join(work, `${name}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: {
        lib: ["ES2024", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
        types: ["node"],
        typeRoots: [join(root, "node_modules/@types")],
        paths: { electron: [join(work, "electron.d.ts")] },
      },
      files: [join(work, "electron.d.ts"), ...files],
      include: [],
    }),
  );
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", config, "--pretty", "false"],
      { maxBuffer: 1 << 26 },
      (_error, output) =>
        done(output.split(/\n(?=\S)/).filter((text) => text.includes("error TS"))),
    );
  });
}

describe("the members of electron in use", { timeout: 120_000 }, () => {
  writeFileSync(join(work, "electron.d.ts"), electronInUse());

  it("are all that main and preload use", async () => {
    const files = [
      join(root, "main/index.ts"),
      join(root, "preload/studio.ts"),
      join(root, "preload/chat.ts"),
    ];
    expect(await check("product", files)).toEqual([]);
  });

  it("are all in the stand-in, with Electron's types", async () => {
    const conforms = join(work, "conforms.ts");
    // By type they are classes, of which only this is used.
    const ofClasses: Record<string, string> = {
      Menu: "setApplicationMenu",
      session: "defaultSession",
      utilityProcess: "fork",
    };
    const checks = modules
      .filter((name) => !["contextBridge", "ipcRenderer"].includes(name))
      .map((name) => {
        const all = `typeof electron.${name}`;
        const part = ofClasses[name];
        const wanted = part ? `Pick<${all}, "${part}">` : all;
        return `export const ${name}Conforms: ${wanted} = standIn.${name};`;
      });
    const folder = join(root, "tests/electron-stand-in");
    const imports = [
      'import type * as electron from "electron";',
      `import * as standIn from "${join(folder, "electron.ts")}";`,
    ];
    writeFileSync(conforms, [...imports, ...checks].join("\n"));
    expect(await check("stand-in", [conforms])).toEqual([]);
  });

  it("fail to compile when they are not listed", async () => {
    const wrong = join(work, "wrong.ts");
    writeFileSync(
      wrong,
      `import { app, BrowserWindow, dialog, session } from "electron";
       app.getAppMetrics();
       app.on("gpu-info-update", () => {});
       new BrowserWindow().setBounds({});
       new BrowserWindow().webContents.openDevTools();
       session.defaultSession.on("will-download", () => {});
       dialog.showErrorBox("", "");
       app.quit();`,
    );
    const lines = (await check("wrong", [wrong])).map((line) => Number(/\((\d+),/.exec(line)?.[1]));
    expect([...new Set(lines)]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
