import { type Failure, type Result, succeed } from "../../preload/contract/result.ts";
import { failureOfMediaError } from "./media-failure.ts";

/** A device by its id; where it is gone, the one that has its label now. */
export interface DeviceWish {
  readonly kind: "videoinput" | "audioinput";
  readonly deviceId: string;
  readonly label: string;
}

const capture = async (
  wish: DeviceWish,
  deviceId: string,
  constraints: MediaTrackConstraints,
): Promise<MediaStreamTrack> => {
  const wanted = deviceId ? { ...constraints, deviceId: { exact: deviceId } } : constraints;
  const stream = await navigator.mediaDevices.getUserMedia(
    wish.kind === "videoinput" ? { video: wanted } : { audio: wanted },
  );
  const [track] = stream.getTracks();
  if (!track) throw new DOMException("a stream without a track", "NotFoundError");
  return track;
};

/** An empty `deviceId` without a label takes the system's choice. */
export const openDeviceTrack = async (
  wish: DeviceWish,
  constraints: MediaTrackConstraints,
): Promise<Result<MediaStreamTrack>> => {
  const open = async (deviceId: string): Promise<Result<MediaStreamTrack>> => {
    try {
      return succeed(await capture(wish, deviceId, constraints));
    } catch (error) {
      return { ok: false, error: failureOfMediaError(error) };
    }
  };
  const known = wish.deviceId || !wish.label ? await open(wish.deviceId) : undefined;
  if (known && (known.ok || known.error.code !== "capture.device_missing" || !wish.label))
    return known;
  const devices = await navigator.mediaDevices.enumerateDevices();
  const found = devices.find(({ kind, label }) => kind === wish.kind && label === wish.label);
  if (found && found.deviceId !== wish.deviceId) return open(found.deviceId);
  return known ?? { ok: false, error: { code: "capture.device_missing", detail: wish.label } };
};

/** Tells of a track that ends by itself; `stop()` does not count. */
export const watchTrack = (
  track: MediaStreamTrack,
  onEnded: (failure: Failure) => void,
  failure: Failure,
): void => track.addEventListener("ended", () => onEnded(failure), { once: true });
