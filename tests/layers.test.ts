// The walls of the house (docs/architecture.md) that the linter cannot see: where a relative import leads.
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

interface Import {
  from: string;
  /** A path from the root for a file of the project, else the specifier. */
  to: string;
  typeOnly: boolean;
}

const importsOf = (from: string): Import[] => {
  const { program } = parseSync(from, readFileSync(join(root, from), "utf8"));
  const resolve = (specifier: string): string =>
    specifier.startsWith(".") ? relative(root, join(root, dirname(from), specifier)) : specifier;
  const found: Import[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    if ("type" in node && "source" in node && /^(Import|Export)/.test(String(node.type))) {
      const { source } = node;
      if (typeof source === "object" && source && "value" in source) {
        const kind =
          "importKind" in node ? node.importKind : "exportKind" in node && node.exportKind;
        found.push({ from, to: resolve(String(source.value)), typeOnly: kind === "type" });
      }
    }
    Object.values(node).forEach(visit);
  };
  visit(program.body);
  return found;
};

const sources = globSync("{main,preload,renderer}/**/*.{ts,tsx}", { cwd: root });
const imports = sources.flatMap(importsOf);

const ours = (path: string): boolean => /^(main|preload|renderer)\//.test(path);
const inContract = (path: string): boolean => path.startsWith("preload/contract/");
const inRoomServer = (path: string): boolean => path.startsWith("main/room-server/");
const describeImport = ({ from, to }: Import): string => `${from} -> ${to}`;

/** What breaks a wall: imports of files where `from` holds that lead where `allowed` does not. */
const breaches = (
  from: (path: string) => boolean,
  allowed: (to: string, imported: Import) => boolean,
): string[] =>
  imports.filter((each) => from(each.from) && !allowed(each.to, each)).map(describeImport);

describe("the walls", () => {
  it("are checked on real imports", () => {
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.map(describeImport)).toContain("main/ipc/router.ts -> preload/contract/ipc.ts");
  });

  it("let the contract import itself and zod", () => {
    expect(breaches(inContract, (to) => inContract(to) || to === "zod")).toEqual([]);
  });

  it("let a preload import the contract, its neighbours and electron", () => {
    const inPreload = (path: string): boolean => path.startsWith("preload/");
    const isPreload = (path: string): boolean => inPreload(path) && !inContract(path);
    expect(breaches(isPreload, (to) => inPreload(to) || to === "electron")).toEqual([]);
  });

  it("keep main out of the renderer, and of the room server's insides", () => {
    const inMain = (path: string): boolean => path.startsWith("main/") && !inRoomServer(path);
    // The room server is a process of its own: its messages are the one door.
    const door = "main/room-server/process-messages.ts";
    expect(
      breaches(inMain, (to) => !ours(to) || inContract(to) || inMain(to) || to === door),
    ).toEqual([]);
  });

  it("keep the room server out of electron and of the rest of main", () => {
    expect(
      breaches(inRoomServer, (to) =>
        ours(to) ? inContract(to) || inRoomServer(to) : to !== "electron",
      ),
    ).toEqual([]);
  });

  it("keep the renderer out of Node, electron and main", () => {
    const inRenderer = (path: string): boolean => path.startsWith("renderer/");
    const nodeOnly = ["electron", "ws", "pino", "mediasoup", "jose", "selfsigned"];
    expect(
      breaches(inRenderer, (to) =>
        ours(to)
          ? inRenderer(to) || inContract(to)
          : !to.startsWith("node:") && !nodeOnly.includes(to),
      ),
    ).toEqual([]);
  });

  it("keep React out of the renderer's nouns, but for hooks, contexts and words", () => {
    const isLogic = (path: string): boolean =>
      /^renderer\/(?!ui\/|i18n\/)[^/]+\/.*\.ts$/.test(path) &&
      !/^use-|-context\.ts$/.test(basename(path));
    const isReact = (to: string): boolean => /^(react|react-dom|antd)($|\/)/.test(to);
    expect(breaches(isLogic, (to) => !isReact(to) && !to.endsWith(".tsx"))).toEqual([]);
  });

  it("keep pure files pure, and all that they lead to", () => {
    const names = "edits transform snapping plan queue adaptation money rpc rights".split(" ");
    const named = sources.filter((path) => names.includes(basename(path, ".ts")));
    expect(named.length).toBeGreaterThan(3);
    const reached = new Set(named);
    for (const path of reached) {
      for (const { from, to, typeOnly } of imports) {
        if (from === path && ours(to) && !typeOnly) reached.add(to);
      }
    }
    const isReached = (path: string): boolean => reached.has(path);
    expect(breaches(isReached, (to, { typeOnly }) => ours(to) || to === "zod" || typeOnly)).toEqual(
      [],
    );
    const impure = /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|crypto\.|setTimeout)/;
    expect(
      [...reached].filter((path) => impure.test(readFileSync(join(root, path), "utf8"))),
    ).toEqual([]);
  });

  it("leave no file that only hands on what others export", () => {
    const isBarrel = (path: string): boolean => {
      const { program } = parseSync(path, readFileSync(join(root, path), "utf8"));
      const { body } = program;
      return (
        body.length > 0 &&
        body.every(
          (node) =>
            node.type === "ExportAllDeclaration" ||
            (node.type === "ExportNamedDeclaration" && node.source !== null),
        )
      );
    };
    expect(sources.filter(isBarrel)).toEqual([]);
  });
});
