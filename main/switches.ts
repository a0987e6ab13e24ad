import { z } from "zod";
import { PainterKind } from "../preload/contract/painter.ts";
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
  /** Composes the programme whatever was found out about the GPU. */
  painter: PainterKind.optional(),
  /** The language of a first start. */
  lang: Locale.optional().catch(undefined),
});
export type Switches = z.infer<typeof Switches>;

/** What the command line says; a string is the sentence to say where it says what cannot be. */
export const readSwitches = (commandLine: {
  hasSwitch(name: string): boolean;
  getSwitchValue(name: string): string;
}): Switches | string => {
  const given = Object.keys(Switches.shape)
    .filter((name) => commandLine.hasSwitch(name))
    .map((name) => [name, commandLine.getSwitchValue(name)] as const);
  const parsed = Switches.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const names = new Set(parsed.error.issues.map(({ path }) => `--${String(path[0])}`));
  return `Cannot start: the value of ${[...names].join(" and ")} is not valid.`;
};
