import { Button } from "antd";
import { useRef, useState } from "react";
import type { ErrorCode } from "../../../preload/contract/result.ts";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { Field } from "../../ui/Field.tsx";
import { importPicture } from "../import-picture.ts";
import { type SourceFormProps, useSourceChange } from "./source-form.ts";

export const ImageForm = ({ source }: SourceFormProps<"image">) => {
  const t = useWords();
  const { request } = useStudio();
  const change = useSourceChange(source);
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const replace = async (file: File | undefined) => {
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
        <Button onClick={() => input.current?.click()}>{t("source.replacePicture")}</Button>
      </Field>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
        hidden
        onChange={(event) => {
          void replace(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </>
  );
};
