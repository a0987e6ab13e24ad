import { Button } from "antd";
import { useState } from "react";
import { useWords } from "../../i18n/words.ts";
import { useStudio } from "../../studio/studio-context.ts";
import { chooseFiles, pictureTypes } from "../choose-files.ts";
import { importPicture } from "../import-picture.ts";
import styles from "./FilterSettings.module.css";
import { importLut } from "./import-lut.ts";

interface Props {
  readonly type: "picture" | "lutFile";
  readonly label: string;
  /** What it means that none is chosen. */
  readonly none: string;
  readonly pictureId: string | null;
  /** What the file was called, where that is kept. */
  readonly fileName: string | null;
  readonly onImported: (fields: { readonly pictureId: string; readonly fileName?: string }) => void;
}

/** A file that a filter needs: which one, and why another could not be taken; what was there stays then. */
export const FileSetting = ({ type, label, none, pictureId, fileName, onImported }: Props) => {
  const t = useWords();
  const { request } = useStudio();
  const [problem, setProblem] = useState<string | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const choose = async () => {
    const [file] = await chooseFiles({
      types: type === "lutFile" ? `.cube,${pictureTypes}` : pictureTypes,
      multiple: false,
    });
    if (!file) return;
    if (type === "picture") {
      const answer = await importPicture(file, request);
      setProblem(answer.ok ? null : `${file.name}: ${t(`error.${answer.error.code}`)}`);
      if (answer.ok) onImported({ pictureId: answer.value.pictureId });
      return;
    }
    const imported = await importLut(file, request);
    if (imported.ok) {
      setProblem(null);
      onImported({ pictureId: imported.pictureId, fileName: file.name.slice(0, 200) });
    } else if ("failure" in imported)
      setProblem(`${file.name}: ${t(`error.${imported.failure.code}`)}`);
    else {
      const { reason, line = 0, found = 0, wanted = 0 } = imported.fault;
      setProblem(`${file.name}: ${t(`filter.lut.fault.${reason}`, { line, found, wanted })}`);
    }
  };
  return (
    <div className={styles["setting"]}>
      <div className={styles["line"]}>
        <span className={styles["label"]}>{label}</span>
        {pictureId !== null && type === "picture" && (
          <img
            className={styles["picture"]}
            src={`pictures/${pictureId}`}
            alt=""
            onError={() => setMissing(pictureId)}
          />
        )}
        <Button size="small" onClick={() => void choose()}>
          {t(pictureId === null ? "filter.chooseFile" : "filter.replaceFile")}
        </Button>
      </div>
      {pictureId !== null && fileName !== null && (
        <p className={styles["fileName"]} title={fileName}>
          {fileName}
          <img
            className={styles["probe"]}
            src={`pictures/${pictureId}`}
            alt=""
            onError={() => setMissing(pictureId)}
          />
        </p>
      )}
      {pictureId === null && problem === null && <p className={styles["hint"]}>{none}</p>}
      {(problem !== null || (missing !== null && missing === pictureId)) && (
        <p className={styles["problem"]} role="alert">
          {problem ?? t("error.picture.missing")}
        </p>
      )}
    </div>
  );
};
