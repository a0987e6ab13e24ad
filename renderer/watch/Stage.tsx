import { useCallback, useEffect, useRef, useState } from "react";
import { GiftToasts } from "./GiftToasts.tsx";
import { toggleFullscreen } from "./fullscreen.ts";
import { readKept } from "./kept.ts";
import { Player } from "./player.ts";
import { PlayerControls } from "./PlayerControls.tsx";
import { createScreenBrightness } from "./screen-brightness.ts";
import { SoundPrompt } from "./SoundPrompt.tsx";
import styles from "./Stage.module.css";
import { StallWatch } from "./stall-watch.ts";
import { StageMessage } from "./StageMessage.tsx";
import { useWatch, useWatchState } from "./WatchContext.tsx";
import { pictureState } from "./watch-state.ts";

/** Controls go away when the pointer has rested for so long. */
const restMs = 3_000;
const doubleTapMs = 300;

const keptVolume = (): number => {
  const volume = Number(readKept("device", "volume") ?? 1);
  return volume >= 0 && volume <= 1 ? volume : 1;
};

/** Draws the picture that the video shows now, small: it is shown blurred. */
const holdFrame = (video: HTMLVideoElement | null, still: HTMLCanvasElement | null): void => {
  if (video === null || still === null || video.videoWidth === 0) return;
  still.width = 320;
  still.height = Math.max(1, Math.round((320 * video.videoHeight) / video.videoWidth));
  still.getContext("2d")?.drawImage(video, 0, 0, still.width, still.height);
};

/** The programme and what lies over it. */
export const Stage = () => {
  const { session, words } = useWatch();
  const stream = useWatchState((state) => state.stream);
  const receiving = useWatchState((state) => state.receiving);
  const picture = useWatchState(pictureState);
  const stage = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const [player, setPlayer] = useState<Player | null>(null);
  const [controls, setControls] = useState(true);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastTapMs = useRef(0);

  const attach = useCallback(
    (element: HTMLVideoElement) => {
      video.current = element;
      const made = new Player(element, keptVolume());
      const stalls = new StallWatch(
        element,
        () => document.visibilityState === "visible" && !element.paused,
        () => performance.now(),
        {
          onStalled: () => session.noticeStall(),
          onMoving: () => session.noticePicture(),
        },
      );
      session.setScreen(createScreenBrightness(element));
      setPlayer(made);
      return () => {
        video.current = null;
        session.setScreen(null);
        stalls.close();
        made.close();
        setPlayer(null);
      };
    },
    [session],
  );

  // Listeners of the store run before the track ends, and with it the picture.
  useEffect(
    () =>
      session.store.subscribe((now, before) => {
        if (before.receiving && !now.receiving) holdFrame(video.current, still.current);
      }),
    [session],
  );

  useEffect(() => {
    player?.show(stream);
  }, [player, stream]);

  useEffect(() => {
    const resume = () => {
      if (document.visibilityState === "visible") player?.resume();
    };
    document.addEventListener("visibilitychange", resume);
    return () => document.removeEventListener("visibilitychange", resume);
  }, [player]);

  const showControls = useCallback(() => {
    setControls(true);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => setControls(false), restMs);
  }, []);
  useEffect(() => {
    rest.current = setTimeout(() => setControls(false), restMs);
    return () => clearTimeout(rest.current);
  }, []);

  const switchFullscreen = useCallback(() => {
    if (stage.current !== null && video.current !== null)
      void toggleFullscreen(stage.current, video.current);
  }, []);

  const onTap = (touch: boolean, atMs: number) => {
    if (atMs - lastTapMs.current < doubleTapMs) {
      lastTapMs.current = 0;
      switchFullscreen();
      return;
    }
    lastTapMs.current = atMs;
    if (touch && controls) setControls(false);
    else showControls();
  };

  const dimmed = picture === "away" || picture === "reconnecting" || picture === "ended";
  const held = stream !== null;
  return (
    <div
      ref={stage}
      className={styles.stage}
      data-controls={controls}
      data-testid="watch-state"
      data-state={picture}
      onPointerMove={(event) => {
        if (event.pointerType !== "touch") showControls();
      }}
      onPointerLeave={(event) => {
        if (event.pointerType !== "touch") setControls(false);
      }}
    >
      {picture !== "live" && !(dimmed && held) && <div className={styles.aurora} />}
      <video
        ref={attach}
        className={styles.video}
        data-testid="watch-video"
        data-dimmed={dimmed}
        data-empty={!receiving || (picture !== "live" && !dimmed)}
        playsInline
        autoPlay
        aria-label={words("watch.state.live")}
        onLoadedData={() => session.noticePicture()}
        onPointerUp={(event) => onTap(event.pointerType === "touch", event.timeStamp)}
      />
      <canvas
        ref={still}
        className={styles.video}
        data-dimmed="true"
        data-empty={receiving || !held || !dimmed}
        data-testid="last-frame"
        aria-hidden="true"
      />
      <StageMessage picture={picture} />
      {picture === "live" && <GiftToasts />}
      {player !== null && (
        <>
          <PlayerControls
            player={player}
            live={picture === "live"}
            onFullscreen={switchFullscreen}
          />
          {(picture === "live" || picture === "starting") && <SoundPrompt player={player} />}
        </>
      )}
    </div>
  );
};
