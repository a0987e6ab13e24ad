import type { Size } from "../../preload/contract/geometry.ts";
import type { PainterKind } from "../../preload/contract/painter.ts";
import { CpuPainter } from "./cpu/cpu-painter.ts";
import { WebGlPainter } from "./gl/webgl-painter.ts";
import type { Painter } from "./painter.ts";

/** Rejects where this machine has none of this kind. */
export const openPainter = async (kind: PainterKind, size: Size): Promise<Painter> => {
  switch (kind) {
    case "webgl":
      return new WebGlPainter(size);
    case "cpu":
      return CpuPainter.create(size);
    default:
      return kind satisfies never;
  }
};
