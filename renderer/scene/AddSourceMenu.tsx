import { Dropdown, type MenuProps } from "antd";
import { createElement, type ReactNode, useRef, useState } from "react";
import { useStore } from "zustand";
import type { SourceKind } from "../../preload/contract/scene.ts";
import { useWords } from "../i18n/words.ts";
import { canvasOf, useDocument, useStudio } from "../studio/studio-context.ts";
import { PlusIcon } from "../ui/icons.tsx";
import { MenuArrow } from "../ui/MenuArrow.tsx";
import styles from "./SourcesPanel.module.css";
import { chooseFiles, pictureTypes } from "./choose-files.ts";
import { nestableScenes } from "./nestable-scenes.ts";
import { sourceIcons } from "./source-icons.tsx";
import { useAddPicture } from "./use-add-picture.ts";
import { useAddSource } from "./use-add-source.ts";

const mostSources = 1_000;

const menuIcon = (kind: SourceKind): ReactNode => (
  <span className={styles["menuIcon"]}>{createElement(sourceIcons[kind])}</span>
);

type Entries = NonNullable<MenuProps["items"]>;

/** The plus button of the sources, with everything that can be added. */
export const AddSourceMenu = () => {
  const t = useWords();
  const { engine, view } = useStudio();
  const button = useRef<HTMLButtonElement>(null);
  const devices = useStore(engine.devices);
  const canvas = useDocument(canvasOf);
  const sources = useDocument((document) => document.sources);
  const [open, setOpen] = useState(false);
  const whole = useDocument((document) => (open ? document : null));
  const others = whole ? nestableScenes(whole, canvas.sceneId) : [];
  const { addNew, addExisting } = useAddSource();
  const addPicture = useAddPicture();

  const addPictures = async () => {
    for (const file of await chooseFiles({ types: pictureTypes, multiple: true }))
      await addPicture(file);
  };
  const size = { width: canvas.width, height: canvas.height };
  const sound = { gainDb: -20, muted: false };
  const entry = (kind: SourceKind, onClick: () => void) => ({
    key: kind,
    icon: menuIcon(kind),
    label: t(`source.kind.${kind}`),
    onClick,
  });
  const deviceEntry = (
    kind: "camera" | "microphone",
    found: readonly { readonly deviceId: string; readonly label: string }[],
    add: (device: { deviceId: string; label: string }) => void,
  ) => ({
    key: kind,
    icon: menuIcon(kind),
    label: t(`source.kind.${kind}`),
    children: found.length
      ? found.map((device, index) => {
          const label = device.label || t(`source.unnamed.${kind}`, { number: index + 1 });
          return {
            key: `${kind}:${device.deviceId}`,
            label,
            onClick: () => add({ deviceId: device.deviceId, label }),
          };
        })
      : [{ key: `${kind}:none`, label: t(`source.none.${kind}`), disabled: true }],
  });
  const existing = sources.filter(({ kind }) => kind !== "microphone" && kind !== "scene");
  const items: Entries = [
    entry("screen", () => view.setState({ capturePick: { kind: "screen", sourceId: null } })),
    entry("window", () => view.setState({ capturePick: { kind: "window", sourceId: null } })),
    deviceEntry("camera", devices.cameras, (device) =>
      addNew({ kind: "camera", name: device.label, ...device, width: 1280, height: 720, fps: 30 }),
    ),
    deviceEntry("microphone", devices.microphones, (device) =>
      addNew({ kind: "microphone", name: device.label, ...device, gainDb: 0, muted: false }),
    ),
    { type: "divider" },
    entry("image", () => void addPictures()),
    entry("text", () =>
      addNew({
        kind: "text",
        name: t("source.kind.text"),
        text: t("source.newText"),
        sizePx: 48,
        weight: "bold",
        align: "left",
        colour: "#ffffff",
        background: null,
        maxWidthPx: canvas.width,
      }),
    ),
    entry("colour", () =>
      addNew({ kind: "colour", name: t("source.kind.colour"), colour: "#2b3a67", ...size }),
    ),
    entry("testPattern", () =>
      addNew({ kind: "testPattern", name: t("source.kind.testPattern"), ...size, ...sound }),
    ),
    entry("alerts", () =>
      addNew({ kind: "alerts", name: t("source.kind.alerts"), ...size, ...sound, gainDb: -6 }),
    ),
    {
      key: "scene",
      icon: menuIcon("scene"),
      label: t("source.kind.scene"),
      children:
        others.length === 0
          ? [{ key: "scene:none", label: t("source.noOtherScene"), disabled: true }]
          : others.map(({ scene, source, fault }) => ({
              key: `scene:${scene.id}`,
              label: (
                <span className={styles["menuName"]}>
                  {fault ? t(`source.nesting.${fault}`, { name: scene.name }) : scene.name}
                </span>
              ),
              disabled: fault !== null,
              onClick: () =>
                source
                  ? addExisting(source)
                  : addNew({ kind: "scene", name: scene.name, sceneId: scene.id, ...size }),
            })),
    },
    { type: "divider" },
    {
      key: "existing",
      label: t("source.existing"),
      disabled: existing.length === 0,
      children: existing.map((source) => ({
        key: `existing:${source.id}`,
        icon: menuIcon(source.kind),
        label: <span className={styles["menuName"]}>{source.name}</span>,
        onClick: () => addExisting(source),
      })),
    },
  ];

  return (
    <Dropdown
      onOpenChange={setOpen}
      menu={{
        items,
        // The entry that had the focus goes with the menu; a picker gives it back to the button, what is added takes it.
        // Without the default, since the key that chose would press the button too.
        onClick: ({ domEvent }) => {
          domEvent.preventDefault();
          button.current?.focus();
        },
        triggerSubMenuAction: "click",
        expandIcon: <MenuArrow />,
      }}
      trigger={["click"]}
      placement="bottomRight"
      autoFocus
      disabled={sources.length >= mostSources}
    >
      <button ref={button} type="button" className={styles["add"]} aria-haspopup="menu">
        <PlusIcon size={14} />
        {t("source.add")}
      </button>
    </Dropdown>
  );
};
