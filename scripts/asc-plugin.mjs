// Vite: `import url from "./kernels?asc"` compiles a folder of AssemblyScript into one module, and gives its address.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import asc from "assemblyscript/asc";

const query = "?asc";

/** What the files of `folder` export. @throws with the compiler's words */
const compile = async (folder) => {
  const directory = await mkdtemp(join(tmpdir(), "anchor-asc-"));
  try {
    const outFile = join(directory, "module.wasm");
    let said = "";
    const { error } = await asc.main(
      [
        ...(await readdir(folder)).sort().map((name) => `${folder}/${name}`),
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
    resolveId: (source, importer) =>
      source.endsWith(query) && importer ? posix.join(posix.dirname(importer), source) : undefined,
    async load(id) {
      if (!id.endsWith(query)) return undefined;
      const folder = id.slice(0, -query.length);
      // Its files may take from those around it.
      const around = posix.dirname(folder);
      for (const name of await readdir(around, { recursive: true }))
        if (name.endsWith(".ts")) this.addWatchFile(`${around}/${name}`);
      const bytes = await compile(folder);
      if (!building)
        return `export default "data:application/wasm;base64,${bytes.toString("base64")}";`;
      const reference = this.emitFile({
        type: "asset",
        name: `${posix.basename(folder)}.wasm`,
        source: bytes,
      });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
};
