import { Button } from "antd";
import { useState } from "react";
import type { ErrorCode } from "../../../preload/contract/result.ts";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { Field } from "../../ui/Field.tsx";
import { chooseFiles, pictureTypes } from "../choose-files.ts";
import { importPicture } from "../import-picture.ts";
import { type SourceFormProps, useSourceChange } from "./source-form.ts";

export const ImageForm = ({ source }: SourceFormProps<"image">) => {
  const t = useWords();
  const { request } = useStudio();
  const change = useSourceChange(source);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const replace = async () => {
    const [file] = await chooseFiles({ types: pictureTypes, multiple: false });
    if (!file) return;
    const answer = await importPicture(file, request);
    setProblem(answer.ok ? null : answer.error.code);
    if (answer.ok) change.apply(answer.value);
  };
  return (
    <>
      <Field label={t("source.size")}>
        {source.width} × {source.height} px
      </Field>
      <Field label={t("source.picture")} hint={problem ? t(`error.${problem}`) : undefined}>
        <Button onClick={() => void replace()}>{t("source.replacePicture")}</Button>
      </Field>
    </>
  );
};
