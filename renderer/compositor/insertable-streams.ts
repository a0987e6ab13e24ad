/**
 * Tracks as streams of frames, in windows only, as Chromium has them; lib.dom knows neither
 * (mediacapture-transform, https://w3c.github.io/mediacapture-transform/; the generator is its older form).
 */
declare global {
  /** `maxBufferSize` frames are kept for the reader; a newer frame drops the oldest. */
  class MediaStreamTrackProcessor {
    constructor(init: { readonly track: MediaStreamTrack; readonly maxBufferSize?: number });
    readonly readable: ReadableStream<VideoFrame>;
  }

  /** A track of the frames that are written; each written frame belongs to the track. */
  interface MediaStreamTrackGenerator extends MediaStreamTrack {
    readonly writable: WritableStream<VideoFrame>;
  }
  var MediaStreamTrackGenerator: {
    new (init: { readonly kind: "video" }): MediaStreamTrackGenerator;
  };
}

export {};
