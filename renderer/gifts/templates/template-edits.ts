import {
  type AlertBox,
  type AlertTemplate,
  type AlertTemplates,
  mostTemplates,
  usualTemplateId,
} from "../../../preload/contract/alert-template.ts";
import type { TemplateId } from "../../../preload/contract/ids.ts";
import { fail, type Result, succeed } from "../../../preload/contract/result.ts";

/** Puts a template in the place of the one with its id. */
export const replaceTemplate = (
  templates: AlertTemplates,
  template: AlertTemplate,
): AlertTemplates => ({
  ...templates,
  own: templates.own.map((each) => (each.templateId === template.templateId ? template : each)),
});

/** Behind the others. `template.too_many` where there is no room for all of them. */
export const addTemplates = (
  templates: AlertTemplates,
  added: readonly AlertTemplate[],
): Result<AlertTemplates> =>
  templates.own.length + added.length > mostTemplates
    ? fail("template.too_many")
    : succeed({ ...templates, own: [...templates.own, ...added] });

/** What is in use is removed too; then the usual one is. */
export const removeTemplate = (
  { inUse, own }: AlertTemplates,
  templateId: TemplateId,
): AlertTemplates => ({
  inUse: inUse === templateId ? usualTemplateId : inUse,
  own: own.filter((each) => each.templateId !== templateId),
});

/** A name that no other has, by a number behind it. */
export const freeName = (name: string, taken: readonly string[]): string => {
  for (let number = 1; ; number += 1) {
    const tail = number === 1 ? "" : ` ${number}`;
    const candidate = `${name.slice(0, 40 - tail.length).trim()}${tail}`;
    if (!taken.includes(candidate)) return candidate;
  }
};

const least = { width: 0.1, height: 0.05 };
/** Shares are kept to a ten-thousandth, so that moving there and back comes to the same. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
/** Where rounding leaves nothing between the two, it is `from`. */
const clamp = (value: number, from: number, to: number): number =>
  Math.max(from, Math.min(to, rounded(value)));

/** By shares of the canvas, and never out of it. */
export const moveBox = (box: AlertBox, byX: number, byY: number): AlertBox => ({
  ...box,
  x: clamp(box.x + byX, 0, 1 - box.width),
  y: clamp(box.y + byY, 0, 1 - box.height),
});

/** By its lower right corner. */
export const resizeBox = (box: AlertBox, byX: number, byY: number): AlertBox => ({
  ...box,
  width: clamp(box.width + byX, least.width, 1 - box.x),
  height: clamp(box.height + byY, least.height, 1 - box.y),
});
