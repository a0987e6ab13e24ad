import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useAddPicture } from "../scene/use-add-picture.ts";
import { fitView, type View } from "../scene/transform.ts";
import { canvasOf, useDocument, useStudio } from "../studio/studio-context.ts";
import { editOfKey, nudgeOfKey } from "./item-keys.ts";
import styles from "./Stage.module.css";
import { StageOverlay } from "./StageOverlay.tsx";
import { useLayers, useSelectedLayer } from "./use-layers.ts";

const marginPx = 16;
/** Nudges with shorter pauses between them are undone together. */
const nudgePauseMs = 1_000;

/** The stage's view of the canvas; null until the area has been measured. */
const useView = (area: React.RefObject<HTMLElement | null>): View | null => {
  const canvas = useDocument(canvasOf);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [area]);
  return size && fitView(canvas, size, marginPx);
};

const Programme = ({ view }: { readonly view: View }) => {
  const track = useStore(useStudio().engine.programme);
  const canvas = useDocument(canvasOf);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = new MediaStream([track]);
  }, [track]);
  return (
    <video
      ref={video}
      className={styles["programme"]}
      style={{
        left: view.left,
        top: view.top,
        width: canvas.width * view.scale,
        height: canvas.height * view.scale,
      }}
      muted
      autoPlay
      playsInline
      disablePictureInPicture
    />
  );
};

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** The programme, and the handles to arrange it by mouse and keyboard. */
export const Stage = () => {
  const t = useWords();
  const { document, view: viewStore } = useStudio();
  const area = useRef<HTMLElement>(null);
  const view = useView(area);
  const canvas = useDocument(canvasOf);
  const layers = useLayers();
  const selected = useSelectedLayer(layers);
  const addPicture = useAddPicture();
  const [dropping, setDropping] = useState(false);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== area.current) return;
    if (event.key === "Escape") {
      document.cancelPreview();
      viewStore.setState({ selection: null });
      return;
    }
    if (!selected) return;
    if (event.key === "Enter") {
      event.preventDefault();
      viewStore.setState({ inspectorOpen: true });
      return;
    }
    const edit = editOfKey(event, selected, canvas);
    const nudge = edit ? null : nudgeOfKey(event, selected);
    if (edit) document.apply(edit);
    if (nudge)
      document.apply(nudge, {
        merge: { key: `nudge ${selected.item.id}`, withinMs: nudgePauseMs },
      });
    if (edit ?? nudge) event.preventDefault();
  };
  const onDrop = (event: DragEvent) => {
    setDropping(false);
    if (!holdsFiles(event)) return;
    event.preventDefault();
    for (const file of event.dataTransfer.files) void addPicture(file);
  };

  return (
    <section
      ref={area}
      className={styles["stage"]}
      role="application"
      tabIndex={0}
      aria-label={t("stage.label")}
      aria-description={t("stage.keys")}
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (event.target === area.current || !holdsFiles(event)) setDropping(false);
      }}
      onDrop={onDrop}
    >
      {view && (
        <>
          <Programme view={view} />
          <StageOverlay view={view} layers={layers} selected={selected} area={area} />
        </>
      )}
      {dropping && <div className={styles["drop"]}>{t("stage.drop")}</div>}
    </section>
  );
};
