const MB = 1024 * 1024;

/** What an animation's file may ask for; beyond it is refused. A gift's design of good size is far below each. */
export const limits = {
  /** Of the file itself. */
  fileBytes: 32 * MB,
  /** Of a sound in a file of its own. */
  soundBytes: 4 * MB,
  /** Of a sound before what is heard of it is cut out. */
  longestSoundMs: 60_000,
  /** Of what it shows, each side. */
  sidePx: 2_048,
  /** Of a video's coded picture, which holds colours and alpha beside each other. */
  codedSidePx: 4_096,
  frames: 3_600,
  /** Longest time on the screen: what is longer, or endless, is cut there. */
  longestMs: 20_000,
  /** Of decoded frames kept by one animation; what does not fit is decoded again. */
  decodedBytes: 64 * MB,
  /** Frames decoded before they are due. */
  framesAhead: 8,
  /** Of all that comes out of one compressed file or stream. */
  inflatedBytes: 64 * MB,
  /** How many bytes one compressed byte may become, once `inflateFloorBytes` have come out. */
  inflateRatio: 200,
  inflateFloorBytes: 4 * MB,
  jsonBytes: 8 * MB,
  /** Of JSON's brackets in each other. */
  jsonDepth: 128,
  /** Files in an archive, pictures in an animation. */
  parts: 1_024,
  /** All pictures inside one animation, decoded. */
  partsPixels: 32 * MB,
  sprites: 2_000,
  /** Of all sprites together. */
  spriteFrames: 300_000,
  /** Over all frames of one animation. */
  shapes: 200_000,
  shapesInFrame: 4_000,
  /** Of a drawn (not decoded) animation's own coordinates. */
  viewSidePx: 8_192,
  /** Drawn animations are drawn smaller than they ask for, so that no side is longer. */
  drawnSidePx: 1_920,
  /** Frames a second that drawn animations are drawn in; they may have more. */
  drawnFps: 30,
  /** Of drawing one frame, which holds up the programme: an animation that takes longer is given up. */
  longestDrawMs: 1_000,
  /** Of drawing each frame: what takes longer again and again is given up. */
  usualDrawMs: 100,
  /** Of a Lottie, each composition counted as often as it is used. */
  layers: 10_000,
  /** Of one of its shapes, by repeaters in each other. */
  copies: 2_000,
  /** Corners of all its stars, and strokes of all its dashed lines. */
  lottieCorners: 20_000,
  lottieDashes: 20_000,
  /** How often the pictures of one frame may cover the whole, one over another. */
  overdraw: 64,
  /** Characters of one SVG path. */
  pathLength: 200_000,
  /** Places in one frame of a video that the sender's name or picture fills. */
  slotsInFrame: 64,
} as const;
