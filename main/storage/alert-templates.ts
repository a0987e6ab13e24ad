import { z } from "zod";
import {
  AlertTemplate,
  type AlertTemplates,
  mostTemplates,
  usualTemplateId,
} from "../../preload/contract/alert-template.ts";
import { TemplateId } from "../../preload/contract/ids.ts";
import { type ErrorCode, fail, type Result, succeed } from "../../preload/contract/result.ts";
import { copyAside, readTextIfPresent, writeFileAtomically } from "./atomic-file.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { parseJson } from "./parse-json.ts";

export interface AlertTemplateStore {
  current(): AlertTemplates;
  /** What the anchor has to know about the file as it was found. */
  readonly notices: readonly ErrorCode[];
  /** Answered once the file is on the disk; `template.write_failed` leaves all as it was. */
  save(templates: AlertTemplates): Promise<Result<Record<string, never>>>;
  /** Resolves when nothing is being written any more. */
  settle(): Promise<void>;
}

const version = 1;
const File = z.object({
  version: z.literal(version),
  inUse: TemplateId,
  own: z.array(z.unknown()).max(mostTemplates),
});

/**
 * One template that does not parse costs no other: the file is kept aside as it was, and the others go on.
 * @throws where the disk cannot be read
 */
export const openAlertTemplates = async (
  path: string,
  nowMs: () => number,
): Promise<AlertTemplateStore> => {
  let templates: AlertTemplates = { inUse: usualTemplateId, own: [] };
  const notices: ErrorCode[] = [];
  const text = await readTextIfPresent(path);
  if (text !== undefined) {
    const file = File.safeParse(parseJson(text));
    const read = file.success ? file.data.own.map((each) => AlertTemplate.safeParse(each)) : [];
    const own = read.flatMap(({ data }) => data ?? []);
    if (file.success) templates = { inUse: file.data.inUse, own };
    if (!file.success || own.length < read.length) {
      await copyAside(path, nowMs());
      notices.push(file.success ? "template.some_invalid" : "template.list_invalid");
    }
  }
  const inTurn = oneAtATime();
  return {
    current: () => templates,
    notices,
    save: (wanted) =>
      inTurn(async () => {
        try {
          await writeFileAtomically(path, JSON.stringify({ version, ...wanted }, null, 2));
        } catch (error) {
          return fail("template.write_failed", String(error));
        }
        templates = wanted;
        return succeed({});
      }),
    settle: () => inTurn(() => Promise.resolve()),
  };
};
