// The frame of every command: an expected failure ends in its sentence, anything else in its stack.
import { Failure } from "./failure.mjs";

/** @param {() => Promise<number>} body gives the exit code */
export const runCommand = async (body) => {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const sentence = `${error.message[0].toUpperCase()}${error.message.slice(1)}.`;
    process.stderr.write(`\n${sentence}\n${error.logPath ? `Details: ${error.logPath}\n` : ""}`);
    process.exitCode = error.exitCode;
  }
};
