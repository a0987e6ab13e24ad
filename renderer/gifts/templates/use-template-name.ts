import { useCallback } from "react";
import type { AlertTemplate } from "../../../preload/contract/alert-template.ts";
import { useWords } from "../../i18n/words.ts";

/** The name of a template as the window says it: those that the studio brings along are named in its language. */
export const useTemplateName = (): ((
  template: Pick<AlertTemplate, "templateId" | "name">,
) => string) => {
  const t = useWords();
  return useCallback(
    ({ templateId, name }) => {
      switch (templateId as string) {
        case "classic":
        case "minimal":
        case "festive":
        case "neon":
          return t(
            `template.named.${templateId as string as "classic" | "minimal" | "festive" | "neon"}`,
          );
        default:
          return name;
      }
    },
    [t],
  );
};
