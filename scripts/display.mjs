// A virtual display (Xvfb) with a window manager, where there is no real one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Failure } from "./failure.mjs";

export const hasDisplay = () =>
  process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/**
 * The shell ends Xvfb when its standard input closes, which it does however we end, kill -9
 * included. Xvfb writes the number of the display that it found free to the standard output.
 */
const supervisor = ({ width, height }) => `
Xvfb -displayfd 3 -screen 0 ${width}x${height}x24 -nolisten tcp 3>&1 >/dev/null 2>&1 &
read -r _
kill $!
wait
`;

/**
 * @param {{ width: number, height: number }} [size]
 * @returns {Promise<{ name: string, close(): Promise<void> }>}
 */
export const startDisplay = async (size = { width: 1440, height: 900 }) => {
  // Detached: Ctrl+C in the terminal must reach the app first, while its display still is there.
  const options = { detached: true, stdio: ["pipe", "pipe", "ignore"] };
  const shell = spawn("sh", ["-c", supervisor(size)], options);
  const ended = once(shell, "exit");
  const number = await Promise.race([
    once(shell.stdout, "data").then(([data]) => String(data).trim()),
    once(shell.stdout, "end").then(() => ""),
  ]);
  if (!/^\d+$/.test(number))
    throw new Failure("the virtual display does not start: run Xvfb -displayfd 1 to see why");
  const name = `:${number}`;
  // Ends with its display.
  spawn("openbox", [], {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, DISPLAY: name, WAYLAND_DISPLAY: "" },
  }).unref();
  let closed = false;
  return {
    name,
    async close() {
      if (!closed) shell.stdin.end();
      closed = true;
      await ended;
    },
  };
};
