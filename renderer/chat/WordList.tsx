import { Alert, Button, Input, Popconfirm, Segmented } from "antd";
import { useCallback, useRef, useState } from "react";
import { RequestId } from "../../preload/contract/ids.ts";
import { BlockedWord, WordSeverity } from "../../preload/contract/moderation.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { useLocale, useWords } from "../i18n/words.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { CloseIcon } from "../ui/icons.tsx";
import { useChat } from "./chat-context.ts";
import { readWordList, sendWordList } from "./send-word-list.ts";
import type { Acts } from "./use-acts.ts";
import { useLoaded } from "./use-loaded.ts";
import styles from "./WordList.module.css";
import { formatWordList, parseWordList, type WordListFile } from "./word-list-file.ts";

/** Of a long list the first so many are shown; the whole of it is in the exported file. */
const mostShown = 500;
/** A file of 100,000 words has less. */
const largestFileBytes = 8 * 1024 * 1024;
/** Of the lines that could not be used so many are named. */
const mostLines = 100;

const save = (text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "words.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

/** `revision` is another one after each change of the list. */
const WordsOf = ({
  severity,
  revision,
  onRemove,
}: {
  readonly severity: WordSeverity;
  readonly revision: number;
  readonly onRemove: (word: string) => void;
}) => {
  const t = useWords();
  const number = new Intl.NumberFormat(useLocale());
  const { ask } = useChat();
  const { value, problem } = useLoaded(
    useCallback(
      () => ask("getBlockedWords", { after: null, limit: mostShown, severity }),
      // oxlint-disable-next-line react/exhaustive-deps -- each revision is loaded anew
      [ask, severity, revision],
    ),
  );
  return (
    <>
      {problem && <Alert type="error" showIcon title={t(`error.${problem}`)} />}
      <ul className={styles["list"]} aria-label={t(`words.${severity}`)}>
        {value?.words.map(({ word }) => (
          <li key={word}>
            <span title={word}>{word}</span>
            <IconButton
              label={t("words.remove", { word })}
              icon={<CloseIcon size={10} />}
              onClick={() => onRemove(word)}
            />
          </li>
        ))}
        {value?.total === 0 && <li className={styles["empty"]}>{t("words.empty")}</li>}
      </ul>
      <p className={styles["hint"]} role="status">
        {value
          ? t(value.total > mostShown ? "words.totalShown" : "words.total", {
              total: number.format(value.total),
              shown: number.format(mostShown),
            })
          : "…"}
      </p>
    </>
  );
};

/** The room's words by what becomes of a message with one of them. */
export const WordList = ({ acts: { act } }: { readonly acts: Acts }) => {
  const t = useWords();
  const number = new Intl.NumberFormat(useLocale());
  const chat = useChat();
  const file = useRef<HTMLInputElement>(null);
  const [severity, setSeverity] = useState<WordSeverity>("block");
  const [revision, setRevision] = useState(0);
  const [fresh, setFresh] = useState("");
  const [sent, setSent] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const [unusable, setUnusable] = useState<WordListFile["problems"]>([]);
  const [problem, setProblem] = useState<ErrorCode | "tooLarge" | null>(null);

  const change = async (add: readonly BlockedWord[], remove: readonly string[]) => {
    await act("changeBlockedWords", { add: [...add], remove: [...remove] });
    setRevision((before) => before + 1);
  };
  const add = () => {
    const parsed = BlockedWord.shape.word.safeParse(fresh);
    if (!parsed.success) return;
    setFresh("");
    void change([{ word: parsed.data, severity }], []);
  };
  const clear = async () => {
    const requestId = RequestId.parse(chat.createId());
    const answer = await chat.ask("clearBlockedWords", { requestId, severity });
    setProblem(answer.ok ? null : answer.error.code);
    setRevision((before) => before + 1);
  };
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > largestFileBytes) return setProblem("tooLarge");
    const { words, problems } = parseWordList(await chosen.text(), severity);
    setUnusable(problems);
    const tell = (done: number) => setSent({ done, of: words.length });
    tell(0);
    const answer = await sendWordList(chat, words, tell);
    setSent(null);
    setProblem(answer.ok ? null : answer.error.code);
    setRevision((before) => before + 1);
  };
  const give = async () => {
    const words = await readWordList(chat);
    setProblem(words.ok ? null : words.error.code);
    if (words.ok) save(formatWordList(words.value));
  };

  const canAdd = BlockedWord.shape.word.safeParse(fresh).success;
  return (
    <div className={styles["part"]}>
      <Segmented<WordSeverity>
        block
        aria-label={t("words.severity")}
        value={severity}
        options={WordSeverity.options.map((value) => ({ value, label: t(`words.${value}`) }))}
        onChange={setSeverity}
      />
      <p className={styles["hint"]}>{t(`words.${severity}Hint`)}</p>
      <div className={styles["row"]}>
        <Input
          value={fresh}
          maxLength={50}
          placeholder={t("words.new")}
          aria-label={t("words.new")}
          onChange={(event) => setFresh(event.target.value)}
          onPressEnter={(event) => {
            if (!event.nativeEvent.isComposing) add();
          }}
        />
        <Button type="primary" disabled={!canAdd} onClick={add}>
          {t("words.add")}
        </Button>
      </div>
      <WordsOf
        key={severity}
        severity={severity}
        revision={revision}
        onRemove={(word) => void change([], [word])}
      />
      {problem && (
        <Alert
          type="error"
          showIcon
          title={problem === "tooLarge" ? t("words.tooLarge") : t(`error.${problem}`)}
        />
      )}
      {unusable.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("words.unusable", { count: unusable.length })}
          description={
            <ul className={styles["problems"]}>
              {unusable.slice(0, mostLines).map(({ line, problem: what }) => (
                <li key={line}>{t(`words.problem.${what}`, { line })}</li>
              ))}
            </ul>
          }
        />
      )}
      <div className={styles["row"]}>
        <span className={styles["hint"]} role="status">
          {sent &&
            t("words.sending", { done: number.format(sent.done), of: number.format(sent.of) })}
        </span>
        <span className={styles["spring"]} />
        <Popconfirm
          title={t("words.clearSure", { severity: t(`words.${severity}`) })}
          okText={t("words.clear")}
          cancelText={t("words.keep")}
          okButtonProps={{ danger: true }}
          onConfirm={() => void clear()}
        >
          <Button disabled={sent !== null}>{t("words.clear")}</Button>
        </Popconfirm>
        <Button disabled={sent !== null} onClick={() => file.current?.click()}>
          {t("words.import")}
        </Button>
        <Button disabled={sent !== null} onClick={() => void give()}>
          {t("words.export")}
        </Button>
        <input
          ref={file}
          hidden
          type="file"
          accept=".txt,.csv,text/plain,text/csv"
          aria-label={t("words.import")}
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            event.target.value = "";
            void take(chosen);
          }}
        />
      </div>
    </div>
  );
};
