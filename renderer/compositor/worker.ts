// First, before any schema is made.
import "../zod-without-eval.ts";
import type { SceneDocument } from "../../preload/contract/scene.ts";
import { AlertPlayer } from "../gifts/alert-player.ts";
import { withChange } from "./document-change.ts";
import { FilterPictures } from "./filter-pictures.ts";
import { probePainter } from "./probe-painter.ts";
import { Programme } from "./programme.ts";
import { PersonMasks } from "./segmenter/person-masks.ts";
import type { CompositorCommand, CompositorReport } from "./protocol.ts";

/** The part of DedicatedWorkerGlobalScope in use; lib.dom has the window's. */
const scope = globalThis as unknown as {
  postMessage(report: CompositorReport, options: StructuredSerializeOptions): void;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent<CompositorCommand>) => void,
  ): void;
};
const report = (message: CompositorReport): void => scope.postMessage(message, {});

/** The window opens first. */
const rehearseAfterMs = 1_500;

type Start = Extract<CompositorCommand, { type: "start" }>;

let programme: Programme | undefined;
let document: SceneDocument | undefined;
let alerts: AlertPlayer | undefined;

const probe = async ({ document: { canvases }, canvasId }: Start): Promise<void> => {
  const canvas = canvases.find(({ id }) => id === canvasId);
  if (!canvas) return;
  const found = await probePainter(canvas);
  programme?.usePainter(found.painter);
  report({ type: "probed", probe: found });
};

const handle = (command: CompositorCommand): void => {
  switch (command.type) {
    case "start":
      ({ document } = command);
      alerts = new AlertPlayer({
        baseUrl: command.baseUrl,
        locale: command.locale,
        rules: command.alertRules,
        templates: command.alertTemplates,
        onScene: (scene) => report({ type: "alertScene", scene }),
        onCue: (cue) => report({ type: "alertCue", cue }),
        onTrouble: (trouble) => report({ type: "giftTrouble", trouble }),
      });
      programme = new Programme({
        canvasId: command.canvasId,
        document: command.document,
        painter: command.painter === "probe" ? "cpu" : command.painter,
        writable: command.writable,
        filterPictures: new FilterPictures(command.baseUrl),
        personMasks: new PersonMasks((state) => report({ type: "segmenter", state })),
        alerts,
        reports: {
          onSize: (sourceId, width, height) => report({ type: "size", sourceId, width, height }),
          onStats: (stats) => report({ type: "stats", ...stats }),
          onPainter: (state) => report({ type: "painter", state }),
          onPainterLost: (kind, reason) => report({ type: "painterLost", kind, reason }),
        },
      });
      report({ type: "started" });
      setTimeout(() => void alerts?.rehearse(), rehearseAfterMs);
      if (command.painter === "probe") void probe(command);
      return;
    case "document":
      if (!document) return;
      document = withChange(document, command.change);
      programme?.setDocument(document);
      return;
    case "locale":
      alerts?.setLocale(command.locale);
      return;
    case "attachFrames":
      programme?.attachFrames(command.sourceId, command.readable);
      return;
    case "attachImage":
      programme?.attachImage(command.sourceId, command.bitmap);
      return;
    case "detach":
      programme?.detach(command.sourceId);
      return;
    case "compare":
      programme?.compare(command.itemId, command.writable);
      return;
    case "endCompare":
      programme?.endCompare();
      return;
    case "alerts":
      alerts?.show(command.events, performance.now(), command.templateId);
      return;
    case "alertRules":
      alerts?.setRules(command.rules);
      return;
    case "alertTemplates":
      alerts?.setTemplates(command.templates);
      return;
    case "alertControl":
      alerts?.control(command.control, performance.now());
      return;
    default:
      command satisfies never;
  }
};

scope.addEventListener("message", (event) => handle(event.data));
