// The command line of npm start; everything but --help and --version is the app's own.
import { Failure } from "./failure.mjs";

const anyPort = (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
const port = { form: "PORT", isValid: anyPort, want: "a port from 0 (any free one) to 65535" };

const appOptions = {
  "room-port": { ...port, help: "port of the rehearsal room's page and messages (4443)" },
  "room-media-port": { ...port, help: "port of its media (4444)" },
  "room-public": {
    form: "HOST",
    isValid: (value) => /^[A-Za-z0-9.:[\]-]{1,253}$/.test(value),
    want: "a host name or address",
    help: "name or address by which others on the network reach the room, over https",
  },
  "room-cert": {
    form: "FILE",
    isValid: (value) => value !== "",
    want: "a file",
    help: "certificate (PEM) for that, with --room-key; else the room makes its own",
  },
  "room-key": {
    form: "FILE",
    isValid: (value) => value !== "",
    want: "a file",
    help: "its private key (PEM)",
  },
  "room-plain-http": { help: "http in place of https, for iPhones in a network that is trusted" },
  lang: {
    form: "LANG",
    isValid: (value) => ["zh-CN", "en"].includes(value),
    want: "zh-CN or en",
    help: "language of a first start: zh-CN or en",
  },
  painter: {
    form: "PAINTER",
    isValid: (value) => ["webgl", "cpu"].includes(value),
    want: "webgl or cpu",
    help: "what composes: webgl (the GPU) or cpu; found out by itself without it",
  },
  "user-data-dir": {
    form: "DIR",
    isValid: (value) => value !== "",
    want: "a directory",
    help: "where settings, scenes and the ledger are kept",
  },
};

const row = (left, help) => `  ${left.padEnd(26)}${help}\n`;

export const startHelp = `Usage: npm start -- [options]

Installs what is lacking, opens the studio with a rehearsal room running, and prints the viewers' link.

${Object.entries(appOptions)
  .map(([name, { form, help }]) => row(form ? `--${name}=${form}` : `--${name}`, help))
  .join("")}${row("--help", "this text")}${row("--version", "the version")}
ELECTRON_MIRROR in the environment names another server for Electron.
`;

/**
 * @param {string[]} args
 * @returns {{ help: boolean, version: boolean, flags: string[] }} `flags` as the app takes them
 */
export const readStartOptions = (args) => {
  const flags = [];
  const rest = [...args];
  while (rest.length > 0) {
    const arg = rest.shift();
    if (arg === "--help" || arg === "-h") return { help: true, version: false, flags: [] };
    if (arg === "--version") return { help: false, version: true, flags: [] };
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/.exec(arg) ?? [];
    const option = Object.hasOwn(appOptions, name) ? appOptions[name] : undefined;
    if (!option)
      throw new Failure(`unknown option ${arg}: "npm start -- --help" lists the options`);
    if (!option.form) {
      if (inline !== undefined) throw new Failure(`--${name} takes no value`);
      flags.push(arg);
      continue;
    }
    const value = inline ?? rest.shift() ?? "";
    if (!option.isValid(value)) throw new Failure(`--${name} wants ${option.want}, not "${value}"`);
    flags.push(`--${name}=${value}`);
  }
  return { help: false, version: false, flags };
};
