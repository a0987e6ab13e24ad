import { succeed } from "../../preload/contract/result.ts";
import type { RequestHandlers } from "../ipc/router.ts";
import type { PainterChooser } from "./painter-chooser.ts";

export const painterRequests = (painter: PainterChooser) =>
  ({
    "painter.record": async (probe) => succeed(await painter.record(probe)),
  }) satisfies Partial<RequestHandlers>;
