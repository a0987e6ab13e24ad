import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Size } from "../../../preload/contract/geometry.ts";
import { PictureId } from "../../../preload/contract/ids.ts";
import { runTool } from "./run-tool.ts";

/** A frame around the picture and a band below for a name, the rest transparent: a PNG of the canvas's size. */
export const makeFramePicture = async (
  folder: string,
  { width, height }: Size,
): Promise<string> => {
  const path = join(folder, `frame-${width}.png`);
  const band = "gt(Y,H*0.86)*lt(X,W*0.45)";
  const edge = "lt(min(min(X,W-1-X),min(Y,H-1-Y)),H/60)";
  await runTool("ffmpeg", [
    ..."-y -loglevel error -f lavfi -i".split(" "),
    `color=black:s=${width}x${height},format=rgba,` +
      `geq=r='200-60*Y/H':g='40+80*X/W':b='120':a='if(${edge},255,if(${band},180,0))'`,
    ..."-frames:v 1".split(" "),
    path,
  ]);
  return path;
};

/** Puts the picture where the app of this profile has its pictures. */
export const storePicture = async (userDataDir: string, path: string): Promise<PictureId> => {
  const pictureId = PictureId.parse(
    createHash("sha256")
      .update(await readFile(path))
      .digest("hex"),
  );
  await mkdir(join(userDataDir, "pictures"), { recursive: true });
  await copyFile(path, join(userDataDir, "pictures", pictureId));
  return pictureId;
};
