// Vite: `import url from "./kernels.ts?asc"` compiles AssemblyScript and gives the module's address.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import asc from "assemblyscript/asc";

const query = "?asc";

/** @throws with the compiler's words */
const compile = async (path) => {
  const directory = await mkdtemp(join(tmpdir(), "anchor-asc-"));
  try {
    const outFile = join(directory, "module.wasm");
    let said = "";
    const { error } = await asc.main(
      [
        path,
        `--outFile=${outFile}`,
        "--baseDir=/",
        "-O3",
        "--converge",
        "--noAssert",
        "--enable=simd",
        "--runtime=stub",
        "--importMemory",
      ],
      {
        stderr: {
          write: (chunk) => {
            said += chunk;
          },
        },
      },
    );
    if (error) throw new Error(`${error.message}\n${said}`);
    return await readFile(outFile);
  } finally {
    await rm(directory, { recursive: true });
  }
};

export const ascPlugin = () => {
  let building = false;
  return {
    name: "asc",
    enforce: "pre",
    configResolved: (config) => {
      building = config.command === "build";
    },
    async load(id) {
      if (!id.endsWith(query)) return undefined;
      const path = id.slice(0, -query.length);
      this.addWatchFile(path);
      const bytes = await compile(path);
      if (!building)
        return `export default "data:application/wasm;base64,${bytes.toString("base64")}";`;
      const name = basename(path).replace(/\.ts$/, ".wasm");
      const reference = this.emitFile({ type: "asset", name, source: bytes });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
};
