// Shows what is being done and how far it is: a line per step, redrawn in a terminal, printed elsewhere.

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/** Elsewhere a step that takes long says so this often. */
const reportEveryMs = 15_000;

export const formatDuration = (ms) => {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
};

/**
 * @param {{ stream?: { isTTY?: boolean, columns?: number, write(text: string): unknown },
 *   nowMs?: () => number }} [options]
 */
export const createSteps = ({ stream = process.stderr, nowMs = () => performance.now() } = {}) => {
  const live = stream.isTTY && process.env.TERM !== "dumb";
  /** Steps on the screen, in the order in which they began. */
  let shown = [];
  let timer;
  let drawnLines = 0;

  const say = (line) => stream.write(`${line}\n`);
  const describe = (step) =>
    [
      step.title.padEnd(28),
      formatDuration((step.endedMs ?? nowMs()) - step.startedMs).padStart(12),
      step.progress && `  ${step.progress}`,
    ]
      .filter(Boolean)
      .join("");

  const draw = () => {
    const width = Math.max(20, (stream.columns || 80) - 1);
    const spinner = frames[Math.floor(nowMs() / 100) % frames.length];
    const marks = { running: spinner, done: "✓", failed: "✗", ended: "·" };
    const lines = shown.map((step) => `  ${marks[step.state]} ${describe(step)}`.slice(0, width));
    const up = drawnLines > 0 ? `\u001B[${drawnLines}A` : "";
    stream.write(`${up}${lines.map((line) => `\u001B[2K${line}\n`).join("")}`);
    drawnLines = lines.length;
  };

  const report = (state, step) => say(`${state} ${describe(step).trimEnd()}`);

  const began = (step) => {
    shown.push(step);
    if (live) {
      timer ??= setInterval(draw, 100);
      timer.unref();
      draw();
    } else {
      say(`…    ${step.title}`);
      step.timer = setInterval(() => report("…   ", step), reportEveryMs);
      step.timer.unref();
    }
  };

  const ended = (step, state) => {
    step.state = state;
    step.endedMs = nowMs();
    step.progress = step.conclusion;
    clearInterval(step.timer);
    if (!live) {
      report({ done: "done", failed: "FAIL", ended: "end " }[state], step);
    } else {
      draw();
      if (shown.every(({ state: each }) => each !== "running")) {
        clearInterval(timer);
        timer = undefined;
        shown = [];
        drawnLines = 0;
      }
    }
  };

  return {
    /** Says a line of its own, between the steps. */
    say(line) {
      if (drawnLines > 0) {
        stream.write(`\u001B[${drawnLines}A\u001B[J`);
        drawnLines = 0;
      }
      say(line);
      if (shown.length > 0 && live) draw();
    },
    /**
     * Runs `action`, which may say how far it is and what came out, under a title. `signal` tells a
     * step that was ended for another one's sake from one that failed itself.
     * @template T
     * @param {string} title
     * @param {(progress: (text: string) => void, conclude: (text: string) => void) => Promise<T>} action
     * @param {AbortSignal} [signal]
     * @returns {Promise<T>}
     */
    async run(title, action, signal) {
      const step = { title, state: "running", startedMs: nowMs(), progress: "" };
      began(step);
      try {
        const result = await action(
          (text) => {
            step.progress = text;
          },
          (text) => {
            step.conclusion = text;
          },
        );
        ended(step, "done");
        return result;
      } catch (error) {
        ended(step, signal?.aborted ? "ended" : "failed");
        throw error;
      }
    },
  };
};
