import { z } from "zod";
import { PainterKind } from "../preload/contract/painter.ts";
import { chooseTls, type RoomConfig } from "./room-server/process-messages.ts";
import { Locale } from "../preload/contract/settings.ts";

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().max(65_535));

const Switches = z.object({
  /** Port of the rehearsal room; 0 is any free one. */
  "room-port": port.optional(),
  "room-media-port": port.optional(),
  /** Name or address at which the rehearsal room can be reached from the network. */
  "room-public": z
    .string()
    .regex(/^[A-Za-z0-9.:[\]-]{1,253}$/)
    .optional(),
  /** PEM files, for https on the network; without them the room makes a certificate of its own. */
  "room-cert": z.string().min(1).optional(),
  "room-key": z.string().min(1).optional(),
  /** Http in spite of the network. */
  "room-plain-http": z.literal("").optional(),
  /** Composes the programme whatever was found out about the GPU. */
  painter: PainterKind.optional(),
  /** The language of a first start. */
  lang: Locale.optional().catch(undefined),
});
export type Switches = Omit<z.infer<typeof Switches>, `room-${"cert" | "key" | "plain-http"}`> & {
  readonly roomTls: RoomConfig["tls"];
};

/** What the command line says; a string is the sentence to say where it says what cannot be. */
export const readSwitches = (commandLine: {
  hasSwitch(name: string): boolean;
  getSwitchValue(name: string): string;
}): Switches | string => {
  const given = Object.keys(Switches.shape)
    .filter((name) => commandLine.hasSwitch(name))
    .map((name) => [name, commandLine.getSwitchValue(name)] as const);
  const parsed = Switches.safeParse(Object.fromEntries(given));
  if (parsed.success) {
    const {
      "room-cert": certFile,
      "room-key": keyFile,
      "room-plain-http": plain,
      ...rest
    } = parsed.data;
    const chosen = chooseTls({
      publicHost: rest["room-public"],
      certFile,
      keyFile,
      plainHttp: plain !== undefined,
    });
    if (chosen === "incomplete") return "Cannot start: --room-cert and --room-key go together.";
    if (chosen === "contradiction")
      return "Cannot start: --room-plain-http and --room-cert exclude each other.";
    return { ...rest, roomTls: chosen.tls };
  }
  const names = new Set(parsed.error.issues.map(({ path }) => `--${String(path[0])}`));
  return `Cannot start: the value of ${[...names].join(" and ")} is not valid.`;
};
