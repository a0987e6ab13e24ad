// npm run room: the room alone, without a studio. Its arguments are the room server's own.
import { join } from "node:path";
import { runCommand } from "./command.mjs";
import { runInForeground } from "./foreground.mjs";
import { node24, root } from "./project.mjs";
import { setUp } from "./setup.mjs";

await runCommand(async () => {
  const ready = await setUp({ worker: true, build: ["main", "watch", "moderate"] });
  const server = join(root, "out/main/room-server.js");
  return runInForeground(node24, [server, ...process.argv.slice(2)], { env: ready.env });
});
