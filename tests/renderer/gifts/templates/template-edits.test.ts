import fc from "fast-check";
import { expect, test } from "vitest";
import {
  AlertBox,
  AlertTemplate,
  type AlertTemplates,
  mostTemplates,
  usualTemplateId,
} from "../../../../preload/contract/alert-template.ts";
import { TemplateId } from "../../../../preload/contract/ids.ts";
import {
  builtInTemplates,
  isBuiltIn,
  templateOf,
  usualTemplates,
} from "../../../../renderer/gifts/templates/built-in-templates.ts";
import {
  addTemplates,
  freeName,
  moveBox,
  removeTemplate,
  replaceTemplate,
  resizeBox,
} from "../../../../renderer/gifts/templates/template-edits.ts";

const [classic] = builtInTemplates;
if (!classic) throw new Error("no template");
const ownOf = (id: string): AlertTemplate => ({
  ...classic,
  templateId: TemplateId.parse(id),
  name: id,
});
const mine: AlertTemplates = { inUse: TemplateId.parse("b"), own: ["a", "b", "c"].map(ownOf) };

test("the built-in templates are templates, and the usual one is among them", () => {
  for (const template of builtInTemplates) expect(AlertTemplate.parse(template)).toEqual(template);
  expect(templateOf(usualTemplates, usualTemplates.inUse).templateId).toBe(usualTemplateId);
  expect(isBuiltIn(usualTemplateId)).toBe(true);
});

test("in place of a template that there is not is the one in use, or the usual one: nobody is left without thanks", () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      const known = ["a", "b", "c", ...builtInTemplates.map((each) => each.templateId as string)];
      expect(templateOf(mine, id).templateId).toBe(known.includes(id) ? id : "b");
      const lost = { ...mine, inUse: TemplateId.parse("gone") };
      expect(templateOf(lost, id).templateId).toBe(known.includes(id) ? id : usualTemplateId);
    }),
  );
});

test("one is replaced, added, or removed without touching the others", () => {
  const changed = { ...ownOf("b"), name: "changed" };
  expect(replaceTemplate(mine, changed).own.map(({ name }) => name)).toEqual(["a", "changed", "c"]);
  const added = addTemplates(mine, [ownOf("d")]);
  expect(added.ok && added.value.own.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
  const gone = removeTemplate(mine, TemplateId.parse("b"));
  expect(gone).toEqual({ inUse: usualTemplateId, own: [ownOf("a"), ownOf("c")] });
  expect(removeTemplate(mine, TemplateId.parse("a")).inUse).toBe("b");
});

test("there is no room for more than there may be, and then none is added", () => {
  const many = Array.from({ length: mostTemplates - 3 }, (_, index) => ownOf(`more-${index}`));
  expect(addTemplates(mine, many).ok).toBe(true);
  expect(addTemplates(mine, [...many, ownOf("one")])).toMatchObject({
    ok: false,
    error: { code: "template.too_many" },
  });
});

test("a free name is a name that no other has, and short enough", () => {
  expect(freeName("新年", ["新年", "新年 2"])).toBe("新年 3");
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }).filter((name) => name.trim() !== ""),
      fc.integer({ min: 0, max: 12 }),
      (wish, count) => {
        const taken: string[] = [];
        for (let index = 0; index <= count; index += 1) {
          const name = freeName(wish.trim(), taken);
          expect(taken).not.toContain(name);
          expect(AlertTemplate.shape.name.safeParse(name).success).toBe(true);
          taken.push(name);
        }
      },
    ),
  );
});

const shares = fc.double({ min: -2, max: 2, noNaN: true });
const boxes = fc
  .record({
    x: fc.double({ min: 0, max: 0.9, noNaN: true }),
    y: fc.double({ min: 0, max: 0.95, noNaN: true }),
    width: fc.double({ min: 0.1, max: 1, noNaN: true }),
    height: fc.double({ min: 0.05, max: 1, noNaN: true }),
  })
  .filter(({ x, y, width, height }) => x + width <= 1 && y + height <= 1);

test("however a box is moved or sized, it stays a box of the canvas; moving keeps its size", () => {
  fc.assert(
    fc.property(boxes, shares, shares, (box, byX, byY) => {
      const moved = moveBox(box, byX, byY);
      expect(AlertBox.safeParse(moved).success).toBe(true);
      expect([moved.width, moved.height]).toEqual([box.width, box.height]);
      const sized = resizeBox(box, byX, byY);
      expect(AlertBox.safeParse(sized).success).toBe(true);
      expect([sized.x, sized.y]).toEqual([box.x, box.y]);
    }),
    // 1 - 0.9 is a little less than the least width.
    { examples: [[{ x: 0.9, y: 0, width: 0.1, height: 0.05 }, 0, 0]] },
  );
});

test("a step there and back comes to the same place", () => {
  const box = { x: 0.2, y: 0.3, width: 0.4, height: 0.2 };
  let moved = box;
  for (let step = 0; step < 30; step += 1) moved = moveBox(moved, 0.01, -0.01);
  for (let step = 0; step < 30; step += 1) moved = moveBox(moved, -0.01, 0.01);
  expect(moved).toEqual(box);
});
