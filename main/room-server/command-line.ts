import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { chooseTls, RoomConfig } from "./process-messages.ts";
import { messageOf, StartFailure } from "./start-failure.ts";

export const roomHelp = `Opens a room where an anchor broadcasts and viewers watch, chat and send gifts.

npm run room -- [options]

  --data DIR         where the room keeps its key and log
                     (default: $XDG_DATA_HOME/anchor-room, else ~/.local/share/anchor-room)
  --port PORT        HTTP and WebSocket (default 4443; 0 is any free port)
  --media-port PORT  UDP and TCP, for sound and picture (default 4444; 0 is any free port)
  --public HOST      reachable by others under this name or address, over https; without it only by this machine
  --cert FILE        certificate chain (PEM) for https, together with
  --key FILE         its private key (PEM); without them the room makes a certificate of its own, which the studio
                     knows by its links, and which browsers warn of
  --plain-http       with --public: http, where something else in front of the room encrypts, or for iPhones in a
                     network that is trusted: they refuse certificates of a room's own
  --help             this text

Prints one anchor link (a secret: paste it into the studio) and one viewer link.
`;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number);

export interface Directories {
  readonly watchDir: string;
  readonly moderateDir: string;
  readonly resourcesDir: string;
}

const invalid = (message: string): StartFailure => new StartFailure("config_invalid", message);

/**
 * "help" where help was asked for.
 * @throws StartFailure
 */
export const parseCommandLine = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  directories: Directories,
): RoomConfig | "help" => {
  const read = () => {
    try {
      return parseArgs({
        args: [...argv],
        options: {
          data: { type: "string" },
          port: { type: "string", default: "4443" },
          "media-port": { type: "string", default: "4444" },
          public: { type: "string" },
          cert: { type: "string" },
          key: { type: "string" },
          "plain-http": { type: "boolean", default: false },
          help: { type: "boolean", default: false },
        },
      }).values;
    } catch (error) {
      throw invalid(`${messageOf(error)} (--help shows the options)`);
    }
  };
  const values = read();
  if (values.help) return "help";
  const portOf = (name: "port" | "media-port"): number => {
    const parsed = port.safeParse(values[name]);
    if (!parsed.success || parsed.data > 65_535)
      throw invalid(`--${name} wants a number from 0 to 65535, not "${values[name]}".`);
    return parsed.data;
  };
  const chosen = chooseTls({
    publicHost: values.public,
    certFile: values.cert,
    keyFile: values.key,
    plainHttp: values["plain-http"],
  });
  if (chosen === "incomplete") throw invalid("--cert and --key go together.");
  if (chosen === "contradiction") throw invalid("--plain-http and --cert exclude each other.");
  const dataHome = env["XDG_DATA_HOME"] || join(homedir(), ".local", "share");
  const config = RoomConfig.safeParse({
    kind: "public",
    dataDir: resolve(values.data ?? join(dataHome, "anchor-room")),
    port: portOf("port"),
    mediaPort: portOf("media-port"),
    publicHost: values.public ?? null,
    ...chosen,
    ...directories,
    rehearsalAudience: false,
  });
  if (!config.success) throw invalid(z.prettifyError(config.error));
  return config.data;
};
