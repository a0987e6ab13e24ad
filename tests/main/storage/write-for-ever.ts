import { writeFileAtomically } from "../../../main/storage/atomic-file.ts";

// Started by atomic-file.test.ts and killed at some moment: writes ever new contents, each of one repeated letter.
const [, , path = ""] = process.argv;
process.stdout.write("writing\n");
for (let round = 0; ; round += 1)
  await writeFileAtomically(path, String.fromCharCode(97 + (round % 26)).repeat(200_000));
