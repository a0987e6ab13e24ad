import { openPlayer } from "../../../../renderer/gifts/players/open-player.ts";

export interface PlayedInWorker {
  readonly failure: string | undefined;
  readonly opaquePixels: number;
}

/** Plays each file that it is sent, as the compositor worker does. */
addEventListener("message", (event: MessageEvent<Uint8Array<ArrayBuffer>>) => {
  void play(event.data).then((played) => postMessage(played));
});

const play = async (bytes: Uint8Array<ArrayBuffer>): Promise<PlayedInWorker> => {
  const opened = await openPlayer(bytes, { id: "worker" });
  if (!opened.ok) return { failure: opened.error.detail ?? opened.error.code, opaquePixels: 0 };
  await opened.value.prepare(150);
  const picture = opened.value.frameAt(150);
  if (!picture || picture.pixels instanceof VideoFrame) return { failure: "none", opaquePixels: 0 };
  const { data } = picture.pixels;
  let opaquePixels = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] === 255) opaquePixels += 1;
  const failure = opened.value.failure?.detail;
  opened.value.close();
  return { failure, opaquePixels };
};
