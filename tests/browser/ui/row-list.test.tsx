// A list of rows that is longer than its window.
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { RowList } from "../../../renderer/ui/RowList.tsx";
import "../../../renderer/ui/tokens.css";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

const count = 200;
const ids = Array.from({ length: count }, (_, index) => `r${index}`);

const Rows = ({ rows }: { readonly rows: readonly string[] }) => {
  const [order, setOrder] = useState(rows);
  const [selected, setSelected] = useState("r0");
  return (
    <div data-testid="sight" style={{ height: 320, overflow: "auto" }}>
      <RowList
        label="rows"
        renameLabel="rename"
        selectOnMove
        rows={order.map((id) => ({ id, name: `row ${id}`, icon: null }))}
        selectedId={selected}
        onSelect={setSelected}
        onRename={() => undefined}
        onKey={(id, event) => {
          if (event.key !== "PageDown") return false;
          // To the end of the list, as moving an item by its keys does.
          setOrder((before) => [...before.filter((each) => each !== id), id]);
          return id;
        }}
      />
    </div>
  );
};

const open = async () => {
  await page.viewport(400, 400);
  const root = document.createElement("div");
  document.body.append(root);
  const react = createRoot(root);
  react.render(<Rows rows={ids} />);
  closing.push(() => (react.unmount(), root.remove()));
  await expect.element(page.getByRole("button", { name: "row r0", exact: true })).toBeVisible();
  return {
    sight: page.getByTestId("sight").element(),
    drawn: () => [...root.querySelectorAll<HTMLElement>("[data-row]")],
  };
};
const focused = () => document.activeElement?.getAttribute("data-row");

test("draws the rows near to its window, each where it belongs", async () => {
  const { sight, drawn } = await open();
  expect(drawn().length).toBeLessThan(40);
  const topOf = (id: string) => {
    const row = drawn().find((each) => each.dataset["row"] === id)!;
    return row.getBoundingClientRect().top - sight.getBoundingClientRect().top + sight.scrollTop;
  };
  const atFirst = topOf("r3");
  const { scrollHeight } = sight;
  sight.scrollTop = 3_000;
  await expect.poll(() => drawn().some((row) => row.dataset["row"] === "r100")).toBe(true);
  expect(topOf("r100") - atFirst).toBe(97 * 32);
  expect(sight.scrollHeight).toBe(scrollHeight);
  const seen = sight.getBoundingClientRect();
  const inSight = drawn().filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > seen.top && top < seen.bottom;
  });
  expect(inSight.length).toBeGreaterThanOrEqual(10);
  expect(drawn().length).toBeLessThan(45);
});

test("keys go to rows that were not drawn, and the row with the focus stays when it is scrolled away", async () => {
  const { sight, drawn } = await open();
  await userEvent.click(page.getByRole("button", { name: "row r0", exact: true }));
  await userEvent.keyboard("{End}");
  await expect.poll(focused).toBe("r199");
  await userEvent.keyboard("{ArrowUp}");
  await expect.poll(focused).toBe("r198");
  sight.scrollTop = 0;
  await expect.poll(() => drawn().some((row) => row.dataset["row"] === "r5")).toBe(true);
  expect(focused()).toBe("r198");
  await userEvent.keyboard("{ArrowUp}");
  await expect.poll(focused).toBe("r197");
  await userEvent.keyboard("{Home}");
  await expect.poll(focused).toBe("r0");
});

test("a row that moves far away keeps the focus", async () => {
  const { drawn } = await open();
  await userEvent.click(page.getByRole("button", { name: "row r2", exact: true }));
  await userEvent.keyboard("{PageDown}");
  await expect.poll(() => drawn().at(-1)?.dataset["row"]).toBe("r2");
  expect(focused()).toBe("r2");
});
