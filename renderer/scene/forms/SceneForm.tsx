import { Button } from "antd";
import { useWords } from "../../i18n/words.ts";
import { canvasOf, useDocument, useStudio } from "../../studio/studio-context.ts";
import { Field } from "../../ui/Field.tsx";
import { switchScene } from "../edits/scene-edits.ts";
import type { SourceFormProps } from "./source-form.ts";

export const SceneForm = ({ source }: SourceFormProps<"scene">) => {
  const t = useWords();
  const { document, view } = useStudio();
  const canvas = useDocument(canvasOf);
  const items = useDocument(
    ({ scenes }) => scenes.find(({ id }) => id === source.sceneId)?.items.length ?? 0,
  );
  return (
    <>
      <Field label={t("source.kind.scene")} hint={t("source.sceneHint", { count: items })} stacked>
        {source.name}
      </Field>
      <Button
        block
        onClick={() => {
          view.setState({ selection: null });
          document.apply(switchScene(canvas.id, source.sceneId));
        }}
      >
        {t("source.goToScene")}
      </Button>
    </>
  );
};
