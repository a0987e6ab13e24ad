import { useStore } from "zustand";
import type { Source } from "../../../preload/contract/scene.ts";
import { picturedKinds } from "../../compositor/segmenter/segmented-sources.ts";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import styles from "./FilterSettings.module.css";

/** How a background filter is doing: why all of the picture is hidden, where it is, and what it costs without a GPU. */
export const BackgroundNotice = ({ kind }: { readonly kind: Source["kind"] }) => {
  const t = useWords();
  const { engine } = useStudio();
  const segmenter = useStore(engine.stats, (stats) => stats.segmenter.state);
  const painter = useStore(engine.stats, (stats) => stats.painter?.kind);
  if (!picturedKinds.has(kind))
    return <p className={styles["hint"]}>{t("filter.background.noPicture")}</p>;
  if (segmenter === "failed")
    return (
      <p className={styles["problem"]} role="alert">
        {t("filter.background.failed")}
      </p>
    );
  return (
    <>
      {segmenter === "loading" && (
        <p className={styles["hint"]} role="status">
          {t("filter.background.loading")}
        </p>
      )}
      {painter === "cpu" && <p className={styles["hint"]}>{t("filter.background.cpu")}</p>}
    </>
  );
};
