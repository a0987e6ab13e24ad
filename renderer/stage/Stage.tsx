import {
  type DragEvent,
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n/words.ts";
import { useAddPicture } from "../scene/use-add-picture.ts";
import type { View } from "../scene/transform.ts";
import { canvasOf, useDocument, useStudio } from "../studio/studio-context.ts";
import { Comparison } from "./Comparison.tsx";
import { ItemMenu } from "./ItemMenu.tsx";
import { layerAt } from "./layers.ts";
import styles from "./Stage.module.css";
import { StageBar } from "./StageBar.tsx";
import { StageOverlay } from "./StageOverlay.tsx";
import { useCommands } from "./use-commands.ts";
import { pick } from "../scene/groups.ts";
import { selectedIds } from "../scene/selection.ts";
import { toCanvas } from "../scene/transform.ts";
import { panBy, viewOf, wheelFactor, zoomAt } from "./zoom.ts";

/** From this scale on single pixels of the programme can be told apart. */
const pixelScale = 3;

/** The stage's view of the canvas; null until the area has been measured. */
const useView = (area: React.RefObject<HTMLElement | null>): View | null => {
  const { view: viewStore } = useStudio();
  const canvas = useDocument(canvasOf);
  const size = useStore(viewStore, ({ stageArea }) => stageArea);
  const zoomed = useStore(viewStore, ({ stageView }) => stageView);
  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      viewStore.setState({
        stageArea: { width: element.clientWidth, height: element.clientHeight },
      }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [area, viewStore]);
  return size && viewOf(zoomed, canvas, size);
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
      data-pixels={view.scale >= pixelScale}
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
  const { document, engine, view: viewStore } = useStudio();
  const area = useRef<HTMLElement>(null);
  const view = useView(area);
  const canvas = useDocument(canvasOf);
  const commands = useCommands();
  const comparedItem = useStore(viewStore, (state) => state.comparedItem);
  // Where the compositor was made anew, it begins without a comparison.
  const programmeId = useStore(engine.programme, ({ id }) => id);
  const addPicture = useAddPicture();
  const [dropping, setDropping] = useState(false);
  const [panning, setPanning] = useState(false);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== area.current) return;
    if (event.key === " ") {
      setPanning(true);
      event.preventDefault();
      return;
    }
    if (event.key === "Escape") document.cancelPreview();
    if (commands.press(event)) event.preventDefault();
  };
  // React listens passively, and what is not prevented zooms the whole page.
  const onWheel = useEffectEvent((event: WheelEvent) => {
    const { stageArea, stageView } = viewStore.getState();
    const element = area.current;
    if (!view || !stageArea || !element) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const point = { x: event.clientX - box.left, y: event.clientY - box.top };
      viewStore.setState({
        stageView: zoomAt(view, view.scale * wheelFactor(event.deltaY), point, canvas, stageArea),
      });
    } else if (stageView) {
      event.preventDefault();
      const [x, y] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
      viewStore.setState({ stageView: panBy(view, { x: -x, y: -y }, canvas, stageArea) });
    }
  });
  useEffect(() => {
    const listening = new AbortController();
    area.current?.addEventListener("wheel", onWheel, {
      passive: false,
      signal: listening.signal,
    });
    return () => listening.abort();
  }, []);

  const onDrop = (event: DragEvent) => {
    setDropping(false);
    if (!holdsFiles(event)) return;
    event.preventDefault();
    for (const file of event.dataTransfer.files) void addPicture(file);
  };
  /** What is pressed is selected before its menu opens. By the keyboard there is no place. */
  const beforeMenu = (at: { readonly x: number; readonly y: number } | null) => {
    const box = area.current?.getBoundingClientRect();
    if (!view || !box || !at) return;
    const { layers, scene, inside } = commands.context();
    const layer = layerAt(layers, toCanvas(view, { x: at.x - box.left, y: at.y - box.top }));
    const { selection } = viewStore.getState();
    if (!layer || selectedIds(selection).includes(layer.item.id)) return;
    viewStore.setState({ selection: pick(scene, layer.item, inside) });
  };

  return (
    <div className={styles["frameAndBar"]}>
      <ItemMenu onOpen={beforeMenu}>
        <section
          ref={area}
          className={styles["stage"]}
          role="application"
          tabIndex={0}
          aria-label={t("stage.label")}
          aria-description={t("stage.keys")}
          onKeyDown={onKeyDown}
          onKeyUp={(event) => event.key === " " && setPanning(false)}
          onBlur={() => setPanning(false)}
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
              {comparedItem && <Comparison key={programmeId} view={view} itemId={comparedItem} />}
              <StageOverlay view={view} panning={panning} area={area} />
            </>
          )}
          {dropping && <div className={styles["drop"]}>{t("stage.drop")}</div>}
        </section>
      </ItemMenu>
      <StageBar view={view} />
    </div>
  );
};
