import type { Logger } from "pino";
import { z } from "zod";
import {
  type IpcName,
  type IpcOutput,
  type WindowKind,
  ipcRequests,
  mayRequest,
} from "../../preload/contract/ipc.ts";
import { type Result, fail } from "../../preload/contract/result.ts";

/** What the handlers get has been parsed; what they give is typed by the contract. */
export type RequestHandlers = {
  readonly [N in IpcName]: (input: Input<N>) => Promise<Result<IpcOutput<N>>>;
};

type Input<N extends IpcName> = z.output<(typeof ipcRequests)[N]["input"]>;
const requests: { readonly [N in IpcName]: { readonly input: z.ZodType<Input<N>> } } = ipcRequests;

/** Who asks, as Electron's `IpcMainInvokeEvent` has it. */
export interface RequestSender {
  /** The frame is the main frame of its window. */
  readonly isMainFrame: boolean;
  /** Which of our windows it is; null for any other. */
  readonly window: WindowKind | null;
  /** The address that the frame shows. */
  readonly url: string;
}

const isName = (name: unknown): name is IpcName =>
  typeof name === "string" && Object.hasOwn(ipcRequests, name);

/**
 * The one way from a window into main: sender, name, the window's right to it and input
 * are checked, then the noun's handler answers. A handler
 * that throws has a bug: it is logged, and the window gets `request.failed`.
 */
export const createRouter = (
  handlers: RequestHandlers,
  isOurPage: (url: string) => boolean,
  log: Logger,
): ((sender: RequestSender, name: unknown, input: unknown) => Promise<Result<unknown>>) => {
  const handle = async <N extends IpcName>(
    name: N,
    input: unknown,
  ): Promise<Result<IpcOutput<N>>> => {
    const parsed = requests[name].input.safeParse(input);
    if (!parsed.success) return fail("request.invalid", z.prettifyError(parsed.error));
    try {
      return await handlers[name](parsed.data);
    } catch (error) {
      log.error({ name, err: error }, "a request's handler threw");
      return fail("request.failed", name);
    }
  };
  return async (sender, name, input) => {
    const { window } = sender;
    if (!sender.isMainFrame || window === null || !isOurPage(sender.url)) {
      log.warn({ sender, name }, "a request from elsewhere");
      return fail("request.forbidden");
    }
    if (!isName(name)) return fail("request.unknown", String(name).slice(0, 100));
    if (!mayRequest(window, name)) {
      log.warn({ sender, name }, "a request that is another window's");
      return fail("request.forbidden", name);
    }
    return handle(name, input);
  };
};
