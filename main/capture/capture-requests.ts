import { succeed } from "../../preload/contract/result.ts";
import type { RequestHandlers } from "../ipc/router.ts";
import type { DisplayMediaGrants } from "./display-media.ts";
import { type GetDesktopSources, listCaptureSources } from "./sources.ts";

export const captureRequests = (getSources: GetDesktopSources, grants: DisplayMediaGrants) =>
  ({
    "capture.list": async ({ thumbnails }) =>
      succeed(await listCaptureSources(getSources, thumbnails)),
    "capture.choose": ({ captureId }) => grants.choose(captureId),
  }) satisfies Partial<RequestHandlers>;
