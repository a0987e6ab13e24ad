import { type ReactNode, useEffect, useRef } from "react";
import type { AlertTemplate, Orientation } from "../../../preload/contract/alert-template.ts";
import type { RecordEvent } from "../../../preload/contract/gift.ts";
import { SourceId } from "../../../preload/contract/ids.ts";
import type { SourceOf } from "../../../preload/contract/scene.ts";
import type { Locale } from "../../../preload/contract/settings.ts";
import type { Picture } from "../../compositor/picture.ts";
import { AlertPlayer } from "../alert-player.ts";
import { usualTemplates } from "./built-in-templates.ts";
import styles from "./TemplateEditor.module.css";

const previewSizes: Readonly<Record<Orientation, { width: number; height: number }>> = {
  lying: { width: 1_280, height: 720 },
  upright: { width: 720, height: 1_280 },
};
/** What is changed is seen at rest, not coming in once more. */
const restingMs = 1_100;
const pauseMs = 500;
const frameEveryMs = 33;
/** Pictures that are kept as the canvas draws them. */
const mostKept = 40;

interface Props {
  readonly template: AlertTemplate;
  readonly orientation: Orientation;
  readonly locale: Locale;
  /** Shown again and again. */
  readonly events: readonly RecordEvent[];
  readonly label: string;
  /** Over the picture. */
  readonly children?: ReactNode;
}

const sourceOf = (orientation: Orientation): SourceOf<"alerts"> => ({
  id: SourceId.parse("preview"),
  name: "",
  kind: "alerts",
  gainDb: 0,
  muted: false,
  ...previewSizes[orientation],
});

/** Draws placed pictures on a canvas, and keeps what it made of them. */
class Easel {
  readonly #kept = new Map<string, OffscreenCanvas>();

  draw(context: CanvasRenderingContext2D, player: AlertPlayer, source: SourceOf<"alerts">): void {
    const nowMs = performance.now();
    player.advance(nowMs);
    const scale = context.canvas.width / source.width;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.imageSmoothingQuality = "high";
    for (const { picture, from, rect, opacity } of player.frameAt(nowMs, source)) {
      const part = from ?? { x: 0, y: 0, width: picture.width, height: picture.height };
      context.globalAlpha = Math.min(1, Math.max(0, opacity));
      context.drawImage(
        this.#drawable(picture),
        part.x,
        part.y,
        part.width,
        part.height,
        rect.x,
        rect.y,
        rect.width,
        rect.height,
      );
    }
    context.globalAlpha = 1;
  }

  #drawable({ id, version, width, height, pixels }: Picture): CanvasImageSource {
    if (pixels instanceof VideoFrame) return pixels;
    const key = `${id}/${version}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const made = new OffscreenCanvas(width, height);
    made.getContext("2d")?.putImageData(new ImageData(pixels.data, width, height), 0, 0);
    this.#kept.set(key, made);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }
}

/** Alerts as the programme shows them, by the same code, coming and going for as long as it is there. */
export const AlertPreview = (props: Props) => {
  const { template, orientation, locale, events, label, children } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const player = useRef<AlertPlayer | null>(null);
  const shown = useRef<readonly RecordEvent[]>([]);
  const size = previewSizes[orientation];

  useEffect(() => {
    const made = new AlertPlayer({
      baseUrl: document.baseURI,
      locale: "zh-CN",
      rules: [],
      templates: usualTemplates,
      onCue: () => undefined,
      onScene: () => undefined,
      onTrouble: ({ file, error }) => {
        if (error) console.warn(`${file} cannot be previewed: ${error.code}`);
      },
    });
    player.current = made;
    return () => {
      player.current = null;
      made.close();
    };
  }, []);

  // The one player there is is told what it is to show.
  useEffect(() => {
    player.current?.setLocale(locale);
    player.current?.setTemplates({ inUse: template.templateId, own: [template] });
    // Another sample comes in from its beginning.
    const isNew = shown.current !== events;
    shown.current = events;
    player.current?.showOnly(events, performance.now() - (isNew ? 0 : restingMs));
  }, [template, locale, events]);

  useEffect(() => {
    const easel = new Easel();
    let drawnMs = 0;
    let endedMs = 0;
    let handle = 0;
    const draw = () => {
      handle = requestAnimationFrame(draw);
      const context = canvas.current?.getContext("2d");
      const playing = player.current;
      const nowMs = performance.now();
      if (!context || !playing || nowMs - drawnMs < frameEveryMs - 4) return;
      drawnMs = nowMs;
      easel.draw(context, playing, sourceOf(orientation));
      const isOver = playing.counts.shown + playing.counts.waiting === 0;
      endedMs = isOver ? endedMs || nowMs : 0;
      if (isOver && nowMs - endedMs >= pauseMs) playing.showOnly(shown.current, nowMs);
    };
    handle = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(handle);
  }, [orientation]);

  return (
    <div className={styles["picture"]} data-orientation={orientation}>
      <canvas ref={canvas} width={size.width} height={size.height} role="img" aria-label={label} />
      {children}
    </div>
  );
};
