import { App } from "antd";
import { useWords } from "../i18n/words.ts";
import { canvasOf, useDocument, useDocumentList, useStudio } from "../studio/studio-context.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { LayersIcon, PlusIcon, TrashIcon } from "../ui/icons.tsx";
import { Panel } from "../ui/Panel.tsx";
import { RowList } from "../ui/RowList.tsx";
import { addScene, moveScene, removeScene, renameScene, switchScene } from "./edits/scene-edits.ts";
import { freeName } from "./free-name.ts";
import { newSceneId } from "./new-id.ts";
import type { SceneId } from "../../preload/contract/ids.ts";

const mostScenes = 200;

export const ScenesPanel = () => {
  const t = useWords();
  const { modal } = App.useApp();
  const { document, view } = useStudio();
  const scenes = useDocumentList((whole) => whole.scenes.map(({ id, name }) => ({ id, name })));
  const canvas = useDocument(canvasOf);

  const show = (sceneId: SceneId) => {
    if (sceneId === canvas.sceneId) return;
    const { selection } = view.getState();
    if (selection?.type === "item") view.setState({ selection: null });
    document.apply(switchScene(canvas.id, sceneId));
  };
  const add = () => {
    const id = newSceneId();
    const name = freeName(
      scenes.map((scene) => scene.name),
      (number) => t("scene.newName", { number }),
    );
    document.apply(addScene({ id, name, items: [], groups: [] }));
    show(id);
  };
  const remove = (sceneId: SceneId) => {
    const scene = scenes.find(({ id }) => id === sceneId);
    if (!scene || scenes.length === 1) return;
    void modal.confirm({
      title: t("scene.removeTitle", { name: scene.name }),
      content: t("scene.removeText"),
      okText: t("scene.remove"),
      cancelText: t("app.cancel"),
      okButtonProps: { danger: true },
      icon: null,
      onOk: () => document.apply(removeScene(sceneId)),
    });
  };

  return (
    <Panel
      title={t("scene.scenes")}
      actions={
        <>
          <IconButton
            label={t("scene.remove")}
            shortcut="Del"
            icon={<TrashIcon />}
            disabled={scenes.length === 1}
            onClick={() => remove(canvas.sceneId)}
          />
          <IconButton
            label={t("scene.add")}
            icon={<PlusIcon />}
            disabled={scenes.length >= mostScenes}
            onClick={add}
          />
        </>
      }
    >
      <RowList
        label={t("scene.scenes")}
        renameLabel={t("scene.rename")}
        rows={scenes.map(({ id, name }) => ({ id, name, icon: <LayersIcon /> }))}
        selectedId={canvas.sceneId}
        onSelect={show}
        onRename={(id, name) => document.apply(renameScene(id, name))}
        onReorder={(id, index) => document.apply(moveScene(id, index))}
        onKey={(id, event) => {
          if (event.key !== "Delete" && event.key !== "Backspace") return false;
          remove(id);
          return true;
        }}
      />
    </Panel>
  );
};
