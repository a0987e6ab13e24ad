import type { Bootstrap } from "../../preload/contract/ipc.ts";
import { fail, succeed } from "../../preload/contract/result.ts";
import type { RequestHandlers } from "../ipc/router.ts";
import type { Show } from "./show.ts";

/** `quit` and `restart` are called after the answer is on its way. */
export const sessionRequests = (
  show: Show,
  getBootstrap: () => Promise<Bootstrap>,
  quit: () => void,
  restart: () => void,
) =>
  ({
    "app.getBootstrap": async () => succeed(await getBootstrap()),
    "app.quit": ({ force }) => {
      if (show.live && !force) return Promise.resolve(fail("uplink.already_live"));
      setTimeout(quit, 50);
      return Promise.resolve(succeed({}));
    },
    "app.restart": () => {
      // A show that may go on would be forgotten by the end of the app.
      if (show.live || show.cutOff) return Promise.resolve(fail("uplink.already_live"));
      setTimeout(restart, 50);
      return Promise.resolve(succeed({}));
    },
    "show.setLive": ({ live }) => show.setLive(live),
  }) satisfies Partial<RequestHandlers>;
