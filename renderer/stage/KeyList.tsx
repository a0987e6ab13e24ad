import { Modal } from "antd";
import { useEffect, useEffectEvent } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { isTextField } from "../ui/text-field.ts";
import { type CommandId, commandOf } from "./commands/commands.ts";
import { comboOf } from "./commands/keys.ts";
import styles from "./KeyList.module.css";
import { useCommands } from "./use-commands.ts";

const groups: readonly {
  readonly title: "select" | "edit" | "placement" | "align" | "order" | "view";
  readonly of: readonly CommandId[];
}[] = [
  {
    title: "select",
    of: ["selectNext", "selectPrevious", "selectAll", "goIn", "goOut", "deselect", "properties"],
  },
  {
    title: "edit",
    of: [
      "rename",
      "cut",
      "copy",
      "paste",
      "duplicate",
      "remove",
      "group",
      "ungroup",
      "hide",
      "lock",
    ],
  },
  {
    title: "placement",
    of: [
      "left",
      "farLeft",
      "narrower",
      "wider",
      "shorter",
      "taller",
      "fit",
      "fill",
      "stretch",
      "centre",
      "turnRight",
      "turnLeft",
      "turnOn",
      "turnBack",
      "flipAcross",
      "flipDown",
      "copyPlacement",
      "pastePlacement",
      "resetPlacement",
    ],
  },
  {
    title: "align",
    of: [
      "alignLeft",
      "alignCentre",
      "alignRight",
      "alignTop",
      "alignMiddle",
      "alignBottom",
      "distributeAcross",
      "distributeDown",
    ],
  },
  {
    title: "order",
    of: ["raise", "lower", "toTop", "toBottom", "intoGroup", "outOfGroup"],
  },
  {
    title: "view",
    of: ["zoomIn", "zoomOut", "zoomFit", "zoomActual", "safeAreas", "endComparison", "keyList"],
  },
];

/** What the four arrows do is said once. */
const arrows: Partial<Record<CommandId, string>> = { left: "← → ↑ ↓", farLeft: "Shift+← → ↑ ↓" };

/** Keys of the whole window and of the lists, which are no commands of the stage. */
const elsewhere = [
  ["edit.undo", ["Ctrl+Z"]],
  ["edit.redo", ["Ctrl+Shift+Z", "Ctrl+Y"]],
] as const;

const mouse = [
  "move",
  "resize",
  "crop",
  "snap",
  "several",
  "goIn",
  "marquee",
  "turn",
  "zoom",
  "pan",
] as const;

const Keys = ({ combos }: { readonly combos: readonly string[] }) => (
  <span className={styles["keys"]}>
    {combos.map((combo) => (
      <kbd key={combo}>{combo}</kbd>
    ))}
  </span>
);

/** All keys of the stage and of the list of sources, from the table that makes them work. */
export const KeyList = () => {
  const t = useWords();
  const { view } = useStudio();
  const commands = useCommands();
  const open = useStore(view, ({ keyListOpen }) => keyListOpen);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isTextField(event.target) || event.defaultPrevented) return;
    if (!commandOf("keyList").keys.includes(comboOf(event))) return;
    event.preventDefault();
    commands.run("keyList");
  });
  useEffect(() => {
    const listening = new AbortController();
    window.addEventListener("keydown", onKeyDown, { signal: listening.signal });
    return () => listening.abort();
  }, []);
  return (
    <Modal
      open={open}
      title={t("stage.keyList")}
      footer={null}
      width={860}
      onCancel={() => view.setState({ keyListOpen: false })}
    >
      <div className={styles["scroll"]}>
        <div className={styles["columns"]}>
          {groups.map(({ title, of }) => (
            <section key={title}>
              <h3>{t(`command.group.${title}`)}</h3>
              <dl>
                {title === "edit" &&
                  elsewhere.map(([word, combos]) => (
                    <div key={word}>
                      <dt>{t(word)}</dt>
                      <dd>
                        <Keys combos={combos} />
                      </dd>
                    </div>
                  ))}
                {of.map((id) => (
                  <div key={id}>
                    <dt>{t(`command.${id}`)}</dt>
                    <dd>
                      <Keys combos={arrows[id] ? [arrows[id]] : commandOf(id).keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <section>
            <h3>{t("command.group.mouse")}</h3>
            <dl>
              {mouse.map((what) => (
                <div key={what}>
                  <dt>{t(`stage.mouse.${what}`)}</dt>
                  <dd>
                    <Keys combos={[t(`stage.mouseBy.${what}`)]} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      </div>
    </Modal>
  );
};
