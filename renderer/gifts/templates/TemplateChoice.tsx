import { Button, Select } from "antd";
import { useState } from "react";
import { useStore } from "zustand";
import type { TemplateId } from "../../../preload/contract/ids.ts";
import type { ErrorCode } from "../../../preload/contract/result.ts";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { Field } from "../../ui/Field.tsx";
import { builtInTemplates, templateOf } from "./built-in-templates.ts";
import { useTemplateName } from "./use-template-name.ts";

/** In the settings: which template is in use, and the way to the editor. */
export const TemplateChoice = () => {
  const t = useWords();
  const nameOf = useTemplateName();
  const { templates: store, view } = useStudio();
  const templates = useStore(store.state);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const use = async (inUse: TemplateId) => {
    const answer = await store.set({ ...templates, inUse });
    setProblem(answer.ok ? null : answer.error.code);
  };
  return (
    <section aria-label={t("template.title")}>
      <h3>{t("template.title")}</h3>
      {problem && <p role="alert">{t(`error.${problem}`)}</p>}
      <Field label={t("template.chosen")}>
        <Select<TemplateId>
          aria-label={t("template.chosen")}
          value={templateOf(templates, templates.inUse).templateId}
          options={[...builtInTemplates, ...templates.own].map((each) => ({
            value: each.templateId,
            label: nameOf(each),
          }))}
          onChange={(inUse) => void use(inUse)}
        />
        <Button onClick={() => view.setState({ settingsOpen: false, templateEditorOpen: true })}>
          {t("template.open")}
        </Button>
      </Field>
    </section>
  );
};
