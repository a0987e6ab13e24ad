/**
 * Tracks as streams of frames, in windows only, as Chromium has them; lib.dom knows neither
 * (mediacapture-transform, https://w3c.github.io/mediacapture-transform/; the generator is its older form).
 */
declare global {
  class MediaStreamTrackProcessor {
    constructor(init: { readonly track: MediaStreamTrack; readonly maxBufferSize?: number });
    readonly readable: ReadableStream<VideoFrame>;
  }

  interface MediaStreamTrackGenerator extends MediaStreamTrack {
    readonly writable: WritableStream<VideoFrame>;
  }
  var MediaStreamTrackGenerator: {
    new (init: { readonly kind: "video" }): MediaStreamTrackGenerator;
  };
}

/** A picture track's frames. `bufferSize` are kept for the reader; a newer one drops the oldest. Transferable. */
export const framesOf = (track: MediaStreamTrack, bufferSize: number): ReadableStream<VideoFrame> =>
  new MediaStreamTrackProcessor({ track, maxBufferSize: bufferSize }).readable;

/** A track of the frames that are written; a written frame belongs to it. Its `writable` is transferable. */
export const createFrameTrack = (): MediaStreamTrackGenerator =>
  new MediaStreamTrackGenerator({ kind: "video" });
