import { App } from "antd";
import { useWords } from "../i18n/words.ts";
import { isTextField } from "../ui/text-field.ts";
import { useStudio } from "../studio/studio-context.ts";
import { importPicture } from "./import-picture.ts";
import { useAddSource } from "./use-add-source.ts";

/** Adds a picture file as an image source; says in words why where it cannot. */
export const useAddPicture = () => {
  const t = useWords();
  const { message } = App.useApp();
  const { request, view } = useStudio();
  const { addNew } = useAddSource();
  return async (file: File): Promise<void> => {
    const answer = await importPicture(file, request);
    if (!answer.ok) {
      void message.error(`${file.name}: ${t(`error.${answer.error.code}`)}`);
      return;
    }
    addNew({ kind: "image", name: file.name.replace(/\.[^.]+$/, ""), ...answer.value });
    // Large files take a while, in which something else may have been begun.
    if (isTextField(document.activeElement)) view.setState({ awaitedRow: null });
  };
};
