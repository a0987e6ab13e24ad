import { resolve } from "node:path";
import { z } from "zod";
import { RoomKind } from "../../preload/contract/room-protocol.ts";

const port = z.int().min(0).max(65_535);

/** How a room is opened. Paths are absolute. */
export const RoomConfig = z.object({
  kind: RoomKind,
  /** Key and log; made where it does not exist. */
  dataDir: z.string().min(1),
  /** HTTP and WebSocket; 0 is any free port. */
  port,
  /** UDP and TCP, for media; 0 is any free port. */
  mediaPort: port,
  /** Name or address under which others reach this machine; null binds loopback. */
  publicHost: z.string().min(1).max(253).nullable(),
  /** With PEM files, or a certificate that the room makes and signs itself, it speaks https and wss. */
  tls: z
    .union([
      z.object({ certFile: z.string().min(1), keyFile: z.string().min(1) }),
      z.literal("own"),
    ])
    .nullable(),
  /** The built viewers' page (`watch.html` and its assets). */
  watchDir: z.string().min(1),
  /** The built page of moderators without the app (`moderate.html` and its assets). */
  moderateDir: z.string().min(1),
  /** Holds `gifts/catalogue.json` and the gifts' pictures. */
  resourcesDir: z.string().min(1),
  /** Whether the scripted audience is on from the start; rehearsal rooms only. */
  rehearsalAudience: z.boolean(),
});
export type RoomConfig = z.infer<typeof RoomConfig>;

interface AskedTls {
  readonly publicHost: string | undefined;
  /** PEM, absolute or from the working directory. */
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly plainHttp: boolean;
}

/**
 * A room for others speaks https by the certificate that is given, else by one of its own, unless plain http is asked for; on
 * loopback http is a secure context. `incomplete`: a certificate without its key or the other way round; `contradiction`: a
 * certificate for plain http.
 */
export const chooseTls = ({
  publicHost,
  certFile,
  keyFile,
  plainHttp,
}: AskedTls): { readonly tls: RoomConfig["tls"] } | "incomplete" | "contradiction" => {
  if ((certFile === undefined) !== (keyFile === undefined)) return "incomplete";
  if (certFile !== undefined && keyFile !== undefined)
    return plainHttp
      ? "contradiction"
      : { tls: { certFile: resolve(certFile), keyFile: resolve(keyFile) } };
  return { tls: publicHost === undefined || plainHttp ? null : "own" };
};

export const StartFailureCode = z.enum([
  "config_invalid",
  "port_taken",
  "address_unavailable",
  "data_unwritable",
  "data_in_use",
  "data_invalid",
  "worker_missing",
  "worker_failed",
  "certificate_invalid",
  "catalogue_invalid",
  "failed",
]);
export type StartFailureCode = z.infer<typeof StartFailureCode>;

/** From the app to the room's utility process. */
export const ToRoomProcess = z.discriminatedUnion("type", [
  /** The first message, once. */
  z.object({ type: z.literal("start"), config: RoomConfig }),
  /** Closes the room; the process then ends by itself with code 0. */
  z.object({ type: z.literal("stop") }),
]);
export type ToRoomProcess = z.infer<typeof ToRoomProcess>;

/** Where an open room is reached. */
export const RoomAddress = z.object({
  port,
  mediaPort: port,
  /** `http(s)://host:port/`: the page to watch at. */
  viewerUrl: z.url(),
  /**
   * `http(s)://host:port/#anchor=TOKEN`: a secret, whoever has it is the anchor. With `&fp=` the certificate's fingerprint
   * where nobody else vouches for it.
   */
  anchorUrl: z.url(),
});
export type RoomAddress = z.infer<typeof RoomAddress>;

/** From the room's utility process to the app: the one answer to `start`. */
export const FromRoomProcess = z.discriminatedUnion("type", [
  RoomAddress.extend({ type: z.literal("ready") }),
  /** The process ends with code 1 after it. */
  z.object({ type: z.literal("failed"), code: StartFailureCode, message: z.string() }),
]);
export type FromRoomProcess = z.infer<typeof FromRoomProcess>;
