/** The 2D context of a canvas that stays in the CPU's memory. @throws where it already has another kind of context */
export const contextOf = (canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D => {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("the canvas has another kind of context");
  return context;
};
