import { Button, Input, type InputRef, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { CaptureSource } from "../../preload/contract/ipc.ts";
import type { ErrorCode } from "../../preload/contract/result.ts";
import { useWords } from "../i18n/words.ts";
import { useStudio } from "../studio/studio-context.ts";
import { ScreenIcon, SearchIcon, WindowIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import styles from "./CapturePicker.module.css";
import { changeSource } from "./edits/source-edits.ts";
import { useAddSource } from "./use-add-source.ts";
import type { CapturePick } from "./view-store.ts";

const refreshMs = 2_000;

type Listing =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly code: ErrorCode }
  | { readonly state: "listed"; readonly sources: readonly CaptureSource[] };

/** What can be captured now, asked anew every two seconds. */
const useListing = (kind: CapturePick["kind"]): Listing => {
  const { request } = useStudio();
  const [listing, setListing] = useState<Listing>({ state: "loading" });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let open = true;
    const refresh = async () => {
      const answer = await request("capture.list", { thumbnails: true });
      if (!open) return;
      setListing(
        answer.ok
          ? { state: "listed", sources: answer.value.filter((source) => source.kind === kind) }
          : { state: "failed", code: answer.error.code },
      );
      timer = setTimeout(() => void refresh(), refreshMs);
    };
    void refresh();
    return () => {
      open = false;
      clearTimeout(timer);
    };
  }, [request, kind]);
  return listing;
};

export const CapturePicker = () => {
  const pick = useStore(useStudio().view, (view) => view.capturePick);
  return pick && <PickerDialog key={pick.kind} pick={pick} />;
};

const PickerDialog = ({ pick }: { readonly pick: CapturePick }) => {
  const t = useWords();
  const { document: sceneDocument, view } = useStudio();
  const { addNew } = useAddSource();
  const listing = useListing(pick.kind);
  const searchInput = useRef<InputRef>(null);
  const [search, setSearch] = useState("");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const listed = listing.state === "listed" ? listing.sources : [];
  const shown = listed.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  // What is alone needs no choice.
  const chosen =
    shown.length === 1 ? shown[0] : shown.find(({ captureId }) => captureId === chosenId);

  // The dialog is unmounted open, so it does not give the focus back by itself.
  const [focusedBefore] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (focusedBefore instanceof HTMLElement) focusedBefore.focus();
    },
    [focusedBefore],
  );

  const close = () => view.setState({ capturePick: null });
  const use = (source: CaptureSource | undefined) => {
    if (!source) return;
    const { captureId, name } = source;
    const { sourceId } = pick;
    close();
    if (sourceId)
      sceneDocument.apply(
        changeSource(sourceId, (found) => {
          if (found.kind === "screen") return { ...found, captureId, displayName: name };
          if (found.kind === "window") return { ...found, captureId, title: name };
          return found;
        }),
      );
    else if (pick.kind === "screen") addNew({ kind: "screen", name, captureId, displayName: name });
    else addNew({ kind: "window", name, captureId, title: name });
  };

  return (
    <Modal
      open
      width={760}
      title={t(`source.pick.${pick.kind}`)}
      okText={t("source.pick.use")}
      cancelText={t("app.cancel")}
      okButtonProps={{ disabled: !chosen }}
      onOk={() => use(chosen)}
      onCancel={close}
      afterOpenChange={(opened) => opened && searchInput.current?.focus()}
      centered
    >
      <Input
        ref={searchInput}
        value={search}
        prefix={<SearchIcon size={14} />}
        placeholder={t("source.pick.search")}
        allowClear
        onChange={(event) => setSearch(event.target.value)}
        onPressEnter={(event) => {
          if (event.nativeEvent.isComposing) return;
          // Else the button that gets the focus back would be pressed by this same key.
          event.preventDefault();
          use(chosen);
        }}
      />
      <div className={styles["area"]}>
        {listing.state === "loading" && <Spinner size={24} />}
        {listing.state === "failed" && (
          <p className={styles["note"]} role="alert">
            {t(`error.${listing.code}`)}
          </p>
        )}
        {listing.state === "listed" && shown.length === 0 && (
          <div className={styles["note"]}>
            <p>{listed.length ? t("source.pick.notFound") : t(`source.pick.none.${pick.kind}`)}</p>
            {listed.length > 0 && (
              <Button onClick={() => setSearch("")}>{t("source.pick.clear")}</Button>
            )}
          </div>
        )}
        {shown.length > 0 && (
          <ul className={styles["grid"]}>
            {shown.map((source) => (
              <li key={source.captureId}>
                <button
                  type="button"
                  className={styles["choice"]}
                  aria-pressed={source.captureId === chosen?.captureId}
                  title={source.name}
                  onClick={() => setChosenId(source.captureId)}
                  onDoubleClick={() => use(source)}
                >
                  <span className={styles["thumbnail"]}>
                    {source.thumbnail ? (
                      <img src={source.thumbnail} alt="" draggable={false} />
                    ) : pick.kind === "screen" ? (
                      <ScreenIcon size={32} />
                    ) : (
                      <WindowIcon size={32} />
                    )}
                  </span>
                  <span className={styles["name"]}>{source.name}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
};
