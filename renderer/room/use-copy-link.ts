import { App } from "antd";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";

/** Copies the viewers' link; says so where it cannot. */
export const useCopyLink = () => {
  const t = useWords();
  const { message } = App.useApp();
  const { view } = useStudio();
  return async (url: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      void message.error(t("room.copyFailed"));
      return;
    }
    view.setState({ linkCopied: true });
    void message.success(t("room.copied"));
  };
};
