import { App, Dropdown, type MenuProps } from "antd";
import { useRef, useState } from "react";
import { useStore } from "zustand";
import type { Collection } from "../../../preload/contract/collection.ts";
import type { Result } from "../../../preload/contract/result.ts";
import { useWords } from "../../i18n/words.ts";
import { canvasOf, useOnAir, useStudio } from "../../studio/studio-context.ts";
import { CheckIcon, ChevronDownIcon, LayersIcon } from "../../ui/icons.tsx";
import { NameDialog } from "../../ui/NameDialog.tsx";
import { chooseFiles } from "../choose-files.ts";
import { newSceneId } from "../new-id.ts";
import styles from "./CollectionMenu.module.css";
import { saveFile } from "./save-file.ts";

const longestName = 100;
const fileType = ".anchorscenes";
/** What no file system takes in a name. */
const forbidden = /[\\/:*?"<>|\p{Cc}]/gu;

/** What the name that is being written is for. */
type Naming = "create" | "duplicate" | "rename";

/** Which scene collection is open, and everything that can be done with collections. */
export const CollectionMenu = () => {
  const t = useWords();
  const { message, modal } = App.useApp();
  const { collections, document } = useStudio();
  const { current, collections: list } = useStore(collections.state);
  const onAir = useOnAir();
  const [naming, setNaming] = useState<{ readonly what: Naming; readonly name: string } | null>(
    null,
  );
  const button = useRef<HTMLButtonElement>(null);

  const nameOf = ({ id, name }: Collection): string => {
    if (name !== "") return name;
    const unnamed = list.filter((each) => each.name === "");
    const number = unnamed.findIndex((each) => each.id === id) + 1;
    return number === 1 ? t("collection.first") : t("collection.unnamed", { number });
  };
  const now = list.find(({ id }) => id === current);
  const currentName = now ? nameOf(now) : "";

  const say = (answer: Result<unknown>): void => {
    if (!answer.ok) void message.error(t(`error.${answer.error.code}`));
  };
  /** While live another programme is a matter to be asked about. */
  const whenSure = (run: () => Promise<Result<unknown>>): void => {
    const go = async () => say(await run());
    if (!onAir) {
      void go();
      return;
    }
    void modal.confirm({
      title: t("collection.onAirTitle"),
      content: t("collection.onAirText"),
      okText: t("collection.onAirGo"),
      cancelText: t("app.cancel"),
      icon: null,
      onOk: go,
    });
  };
  const remove = (): void => {
    void modal.confirm({
      title: t("collection.removeTitle", { name: currentName }),
      content: t(onAir ? "collection.removeTextOnAir" : "collection.removeText"),
      okText: t("collection.remove"),
      cancelText: t("app.cancel"),
      okButtonProps: { danger: true },
      icon: null,
      onOk: async () => say(await collections.removeCurrent()),
    });
  };
  const exportFile = async (): Promise<void> => {
    const done = message.loading(t("collection.exporting"), 0);
    const packed = await collections.pack(currentName).finally(done);
    if (packed.ok) saveFile(`${currentName.replace(forbidden, "_")}${fileType}`, packed.value);
    else say(packed);
  };
  const importFile = async (): Promise<void> => {
    const [file] = await chooseFiles({ types: fileType, multiple: false });
    if (!file) return;
    whenSure(async () => {
      const done = message.loading(t("collection.importing"), 0);
      const answer = await collections.unpack(file).finally(done);
      if (answer.ok) void message.success(t("collection.imported", { name: file.name }));
      return answer;
    });
  };
  const finishNaming = (): void => {
    if (!naming) return;
    const name = naming.name.trim();
    setNaming(null);
    const whole = document.state.getState();
    switch (naming.what) {
      case "rename":
        void collections.rename(current, name).then(say);
        return;
      case "duplicate":
        whenSure(() => collections.create(name, whole));
        return;
      case "create": {
        const id = newSceneId();
        const canvas = { ...canvasOf(whole), sceneId: id };
        const scene = { id, name: t("scene.newName", { number: 1 }), items: [], groups: [] };
        whenSure(() =>
          collections.create(name, {
            version: 1,
            canvases: [canvas],
            scenes: [scene],
            sources: [],
          }),
        );
        return;
      }
      default:
        naming.what satisfies never;
    }
  };

  const items: NonNullable<MenuProps["items"]> = [
    ...list.map((collection) => ({
      key: `open:${collection.id}`,
      icon: <span className={styles["check"]}>{collection.id === current && <CheckIcon />}</span>,
      label: <span className={styles["name"]}>{nameOf(collection)}</span>,
      onClick: () => {
        if (collection.id !== current) whenSure(() => collections.open(collection.id));
      },
    })),
    { type: "divider" },
    {
      key: "create",
      label: t("collection.create"),
      onClick: () => setNaming({ what: "create", name: "" }),
    },
    {
      key: "duplicate",
      label: t("collection.duplicate"),
      onClick: () =>
        setNaming({
          what: "duplicate",
          name: t("collection.copyOf", { name: currentName }).slice(0, longestName),
        }),
    },
    {
      key: "rename",
      label: t("collection.rename"),
      onClick: () => setNaming({ what: "rename", name: currentName }),
    },
    {
      key: "remove",
      label: t("collection.remove"),
      danger: true,
      disabled: list.length === 1,
      onClick: remove,
    },
    { type: "divider" },
    { key: "export", label: t("collection.export"), onClick: () => void exportFile() },
    { key: "import", label: t("collection.import"), onClick: () => void importFile() },
  ];

  return (
    <>
      <Dropdown
        menu={{
          items,
          // The entry that had the focus goes with the menu. Without the default, since the key that chose would press the
          // button too.
          onClick: ({ domEvent }) => {
            domEvent.preventDefault();
            button.current?.focus();
          },
        }}
        trigger={["click"]}
        autoFocus
      >
        <button
          ref={button}
          type="button"
          className={styles["button"]}
          aria-haspopup="menu"
          aria-label={t("collection.label", { name: currentName })}
        >
          <LayersIcon size={14} />
          <span className={styles["current"]}>{currentName}</span>
          <ChevronDownIcon size={12} />
        </button>
      </Dropdown>
      <NameDialog
        title={naming && t(`collection.${naming.what}Title`)}
        label={t("collection.name")}
        okText={naming?.what === "rename" ? t("collection.keepName") : t("collection.make")}
        name={naming?.name ?? ""}
        longest={longestName}
        onName={(name) => naming && setNaming({ ...naming, name })}
        onDone={finishNaming}
        onCancel={() => setNaming(null)}
        onClosed={() => button.current?.focus()}
      />
    </>
  );
};
