// Builds main, preload, studio, watch and moderate into out/ (runs on Node 24).
import { build } from "vite";
import { targets } from "../vite.config.mjs";

const names = process.argv.slice(2);
const wanted = Object.entries(targets).filter(([name]) => !names.length || names.includes(name));
for (const [name, config] of wanted) {
  for (const each of [config].flat()) await build(each);
  console.log(`built ${name}`);
}
