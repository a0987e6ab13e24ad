/** iPhones put only a video element on the full screen, by a way of their own. */
interface AppleVideo extends HTMLVideoElement {
  readonly webkitEnterFullscreen?: () => void;
  readonly webkitSupportsFullscreen?: boolean;
}
/** Safari before 16.4. */
interface AppleElement extends Omit<HTMLElement, "requestFullscreen"> {
  readonly requestFullscreen?: () => Promise<void>;
  readonly webkitRequestFullscreen?: () => void;
}
interface AppleDocument extends Document {
  readonly webkitFullscreenElement?: Element | null;
  readonly webkitExitFullscreen?: () => void;
}

export const isFullscreen = (): boolean => {
  const page: AppleDocument = document;
  return Boolean(page.fullscreenElement ?? page.webkitFullscreenElement);
};

/** In a handler of the viewer's touch. A refusal leaves everything as it is. */
export const toggleFullscreen = async (stage: AppleElement, video: AppleVideo): Promise<void> => {
  const page: AppleDocument = document;
  try {
    if (isFullscreen()) {
      if (page.webkitExitFullscreen !== undefined) page.webkitExitFullscreen();
      else await page.exitFullscreen();
    } else if (typeof stage.requestFullscreen === "function") await stage.requestFullscreen();
    else if (stage.webkitRequestFullscreen !== undefined) stage.webkitRequestFullscreen();
    else if (video.webkitSupportsFullscreen === true) video.webkitEnterFullscreen?.();
  } catch (error) {
    console.warn("full screen refused", error);
  }
};

/** @returns how to stop listening. */
export const onFullscreenChange = (listener: () => void): (() => void) => {
  const names = ["fullscreenchange", "webkitfullscreenchange"];
  for (const name of names) document.addEventListener(name, listener);
  return () => {
    for (const name of names) document.removeEventListener(name, listener);
  };
};
