import { App, Dropdown, type MenuProps } from "antd";
import { useRef, useState } from "react";
import {
  type FilterPreset,
  longestPresetName,
} from "../../../../preload/contract/filter-preset.ts";
import type { FilterPresetId } from "../../../../preload/contract/ids.ts";
import type { Result } from "../../../../preload/contract/result.ts";
import { useWords } from "../../../i18n/words.ts";
import { useStudio } from "../../../studio/studio-context.ts";
import { IconButton } from "../../../ui/IconButton.tsx";
import { BookmarkIcon } from "../../../ui/icons.tsx";
import { MenuArrow } from "../../../ui/MenuArrow.tsx";
import { NameDialog } from "../../../ui/NameDialog.tsx";
import { newFilterPresetId } from "../../new-id.ts";
import styles from "./PresetMenu.module.css";

interface Props {
  readonly label: string;
  /** Those that are offered here. */
  readonly presets: readonly FilterPreset[];
  /** What is set now, as a preset; null where there is nothing to keep. */
  readonly make: ((id: FilterPresetId, name: string) => FilterPreset) | null;
  /** Lists the presets to be applied; without it they are to be had elsewhere. */
  readonly onApply?: (preset: FilterPreset) => void;
}

/** What the name that is being written is for. */
type Naming =
  | { readonly what: "save"; readonly name: string }
  | { readonly what: "rename"; readonly name: string; readonly preset: FilterPreset };

const namesOf = (name: string) => <span className={styles["name"]}>{name}</span>;

/** The anchor's own presets: to keep what is set, to apply, overwrite, rename and delete. */
export const PresetMenu = ({ label, presets, make, onApply }: Props) => {
  const t = useWords();
  const { message, modal } = App.useApp();
  const { filterPresets } = useStudio();
  const [open, setOpen] = useState(false);
  const [naming, setNaming] = useState<Naming | null>(null);
  const place = useRef<HTMLSpanElement>(null);
  const focusButton = (): void => place.current?.querySelector("button")?.focus();

  const name = naming?.name.trim() ?? "";
  const renamed = naming?.what === "rename" ? naming.preset : undefined;
  const namesake = presets.find((preset) => preset.name === name && preset.id !== renamed?.id);
  const say = async (asked: Promise<Result<unknown>>, done: string): Promise<void> => {
    const answer = await asked;
    if (answer.ok) void message.success(done);
    else void message.error(t(`error.${answer.error.code}`));
  };
  const keep = (preset: FilterPreset): void =>
    void say(filterPresets.keep(preset), t("filter.preset.saved", { name: preset.name }));
  const finishNaming = (): void => {
    if (!naming) return;
    setNaming(null);
    if (naming.what === "rename") keep({ ...naming.preset, name });
    else if (make) keep(make(namesake?.id ?? newFilterPresetId(), name));
  };
  const confirm = (what: "overwrite" | "remove", preset: FilterPreset, run: () => void): void => {
    void modal.confirm({
      title: t(`filter.preset.${what}Title`, { name: preset.name }),
      content: t(`filter.preset.${what}Text`),
      okText: t(`filter.preset.${what}Go`),
      cancelText: t("app.cancel"),
      okButtonProps: { danger: what === "remove" },
      icon: null,
      onOk: run,
    });
  };

  const each = (
    what: "overwrite" | "rename" | "remove",
    enabled: boolean,
    onChosen: (preset: FilterPreset) => void,
  ) => ({
    key: what,
    label: t(`filter.preset.${what}`),
    disabled: !enabled || presets.length === 0,
    children: presets.map((preset) => ({
      key: `${what}:${preset.id}`,
      label: namesOf(preset.name),
      onClick: () => onChosen(preset),
    })),
  });
  const items: NonNullable<MenuProps["items"]> = [
    ...(onApply && presets.length > 0
      ? [
          ...presets.map((preset) => ({
            key: `apply:${preset.id}`,
            label: namesOf(preset.name),
            onClick: () => onApply(preset),
          })),
          { type: "divider" as const },
        ]
      : []),
    {
      key: "save",
      label: t("filter.preset.save"),
      disabled: make === null,
      onClick: () => setNaming({ what: "save", name: "" }),
    },
    each("overwrite", make !== null, (preset) =>
      confirm("overwrite", preset, () => make && keep(make(preset.id, preset.name))),
    ),
    each("rename", true, (preset) => setNaming({ what: "rename", name: preset.name, preset })),
    each("remove", true, (preset) =>
      confirm(
        "remove",
        preset,
        () =>
          void say(
            filterPresets.remove(preset.id),
            t("filter.preset.removed", { name: preset.name }),
          ),
      ),
    ),
  ];
  return (
    <>
      <Dropdown
        open={open}
        onOpenChange={setOpen}
        menu={{
          items,
          // The entry that had the focus goes with the menu. Without the default, since the key that chose would press the
          // button too.
          onClick: ({ domEvent }) => {
            domEvent.preventDefault();
            focusButton();
          },
          expandIcon: <MenuArrow />,
        }}
        trigger={["click"]}
        placement="bottomRight"
        autoFocus
        // Else it opens again with the entries of its last choice.
        destroyOnHidden
      >
        <span ref={place}>
          <IconButton label={label} icon={<BookmarkIcon />} onClick={() => setOpen(!open)} />
        </span>
      </Dropdown>
      <NameDialog
        title={naming && t(`filter.preset.${naming.what}Title`)}
        label={t("filter.preset.name")}
        okText={t(
          naming?.what === "save" && namesake ? "filter.preset.overwriteGo" : "filter.preset.keep",
        )}
        name={naming?.name ?? ""}
        longest={longestPresetName}
        hint={
          namesake &&
          t(naming?.what === "save" ? "filter.preset.overwrites" : "filter.preset.nameTaken")
        }
        refused={renamed !== undefined && namesake !== undefined}
        onName={(next) => naming && setNaming({ ...naming, name: next })}
        onDone={finishNaming}
        onCancel={() => setNaming(null)}
        onClosed={focusButton}
      />
    </>
  );
};
