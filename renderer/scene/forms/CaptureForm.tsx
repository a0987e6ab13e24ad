import { Button } from "antd";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { Field } from "../../ui/Field.tsx";
import type { SourceFormProps } from "./source-form.ts";

export const CaptureForm = ({ source }: SourceFormProps<"screen" | "window">) => {
  const t = useWords();
  const { view } = useStudio();
  return (
    <>
      <Field label={t(`source.kind.${source.kind}`)} stacked>
        {source.kind === "screen" ? source.displayName : source.title}
      </Field>
      <Button
        block
        onClick={() => view.setState({ capturePick: { kind: source.kind, sourceId: source.id } })}
      >
        {t("source.chooseAnother")}
      </Button>
    </>
  );
};
