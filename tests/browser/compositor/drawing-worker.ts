import { drawPixels } from "../../../renderer/compositor/drawing-board.ts";

/** Draws one picture at its start and one for each message; answers when it was drawn. */
const draw = (): void => {
  drawPixels(200, 80, (context) => {
    context.font = "40px sans-serif";
    context.fillText("×12", 10, 50);
  });
  postMessage(Date.now());
};
addEventListener("message", draw);
draw();
