// A Lottie of parts that move: https://lottie.github.io/lottie-spec/ Runs in the browser.
import { outlinesOf } from "./svg-outlines.mjs";

const round = (value, places = 2) => Number(value.toFixed(places));
const pair = ([x, y]) => [round(x), round(y)];
const fixed = (value) => ({ a: 0, k: value });

const shapeOf = ({ closed, points }) => ({
  ty: "sh",
  ks: fixed({
    c: closed,
    v: points.map(({ at }) => pair(at)),
    i: points.map(({ at, before }) => pair([before[0] - at[0], before[1] - at[1]])),
    o: points.map(({ at, after }) => pair([after[0] - at[0], after[1] - at[1]])),
  }),
});

const rgbOf = (colour) => {
  const long = colour.length === 4 ? colour.replaceAll(/[^#]/g, "$&$&") : colour;
  return [1, 3, 5].map((at) => round(Number.parseInt(long.slice(at, at + 2), 16) / 255, 3));
};

const gradientOf = ({ kind, stops, from, to }) => ({
  t: kind === "linear" ? 1 : 2,
  s: fixed(pair(from)),
  e: fixed(pair(to)),
  g: {
    p: stops.length,
    k: fixed([
      ...stops.flatMap(({ offset, colour }) => [offset, ...rgbOf(colour)]),
      ...(stops.some(({ alpha }) => alpha < 1)
        ? stops.flatMap(({ offset, alpha }) => [offset, alpha])
        : []),
    ]),
  },
});

const filledWith = (paint, alpha, evenOdd) =>
  paint.kind === "colour"
    ? {
        ty: "fl",
        c: fixed([...rgbOf(paint.colour), 1]),
        o: fixed(round(100 * alpha)),
        r: evenOdd ? 2 : 1,
      }
    : { ty: "gf", ...gradientOf(paint), o: fixed(round(100 * alpha)), r: evenOdd ? 2 : 1 };

const strokedWith = ({ stroke, strokeAlpha, strokeWidth, isRound }) => ({
  ...(stroke.kind === "colour"
    ? { ty: "st", c: fixed([...rgbOf(stroke.colour), 1]) }
    : { ty: "gs", ...gradientOf(stroke) }),
  o: fixed(round(100 * strokeAlpha)),
  w: fixed(round(strokeWidth)),
  lc: isRound ? 2 : 1,
  lj: isRound ? 2 : 1,
  ml: 4,
});

const still = {
  ty: "tr",
  p: fixed([0, 0]),
  a: fixed([0, 0]),
  s: fixed([100, 100]),
  r: fixed(0),
  o: fixed(100),
};

const groupOf = (shape) => ({
  ty: "gr",
  it: [
    ...shape.runs.map(shapeOf),
    ...(shape.stroke ? [strokedWith(shape)] : []),
    ...(shape.fill ? [filledWith(shape.fill, shape.fillAlpha, shape.evenOdd)] : []),
    still,
  ],
});

const placedStill = {
  o: fixed(100),
  r: fixed(0),
  p: fixed([0, 0, 0]),
  a: fixed([0, 0, 0]),
  s: fixed([100, 100, 100]),
};

/** Shapes that are clipped alike become one layer; the first layer of a Lottie is in front. */
const layersOfArt = (svg, frames) => {
  const layers = [];
  let last;
  for (const shape of outlinesOf(svg)) {
    if (!last || last.clip !== shape.clip) {
      last = { clip: shape.clip, groups: [] };
      layers.push(last);
    }
    last.groups.push(groupOf(shape));
  }
  return layers.toReversed().map(({ clip, groups }, index) => ({
    ty: 4,
    ind: index + 1,
    ip: 0,
    op: frames,
    st: 0,
    bm: 0,
    ks: placedStill,
    ...(clip
      ? {
          hasMask: true,
          masksProperties: clip.map((run) => ({
            inv: false,
            mode: "a",
            pt: shapeOf(run).ks,
            o: fixed(100),
            x: fixed(0),
          })),
        }
      : {}),
    shapes: groups.toReversed(),
  }));
};

/** Without those in between that lie on the line of their neighbours. */
const thinned = (keys, tolerance) => {
  const kept = [0];
  let from = 0;
  for (let to = 2; to < keys.length; to += 1) {
    let isStraight = true;
    for (let at = from + 1; at < to && isStraight; at += 1) {
      const share = (at - from) / (to - from);
      isStraight = keys[at].every(
        (value, axis) =>
          Math.abs(value - (keys[from][axis] + (keys[to][axis] - keys[from][axis]) * share)) <=
          tolerance,
      );
    }
    if (!isStraight) {
      from = to - 1;
      kept.push(from);
    }
  }
  if (keys.length > 1) kept.push(keys.length - 1);
  return kept;
};

const linear = { o: { x: [0], y: [0] }, i: { x: [1], y: [1] } };

/** @param keys a list of numbers for each frame from `start` on */
const moving = (keys, start, tolerance, unwrap) => {
  const kept = thinned(keys, tolerance);
  const value = (at) => (unwrap ? keys[at][0] : keys[at]).valueOf();
  const isStill = kept.every((at) =>
    keys[at].every((each, axis) => Math.abs(each - keys[0][axis]) <= tolerance),
  );
  if (isStill) return fixed(value(0));
  return {
    a: 1,
    k: kept.map((at, index) => ({
      t: start + at,
      s: unwrap ? [keys[at][0]] : keys[at],
      ...(index < kept.length - 1 ? linear : {}),
    })),
  };
};

/** A part's way as one layer, for as long as it is seen. */
const layerOf = (part, ind, { frames, fps }) => {
  const poses = Array.from({ length: frames + 1 }, (_, frame) => part.at(frame / fps));
  const seen = poses.flatMap((pose, frame) => (pose && pose.alpha !== 0 ? [frame] : []));
  if (seen.length === 0) return undefined;
  const start = Math.max(0, seen[0] - 1);
  const end = Math.min(frames, seen.at(-1) + 2);
  const shown = [];
  let last = poses[seen[0]];
  for (let frame = start; frame <= end; frame += 1) {
    const pose = poses[frame];
    last = pose ?? { ...last, alpha: 0 };
    shown.push({ angle: 0, alpha: 1, scale: 1, ...last });
  }
  const [pivotX, pivotY] = part.pivot ?? [128, 128];
  const { box } = part;
  const list = (pick) => shown.map((pose) => pick(pose).map((value) => round(value)));
  return {
    ty: 0,
    refId: part.art,
    ind,
    ip: start,
    op: end,
    st: 0,
    bm: 0,
    w: Math.ceil(box.width),
    h: Math.ceil(box.height),
    ks: {
      a: fixed([round(pivotX - box.x), round(pivotY - box.y), 0]),
      p: moving(
        list(({ x, y }) => [x, y, 0]),
        start,
        0.25,
      ),
      s: moving(
        list(({ scale, scaleX = scale, scaleY = scale }) => [100 * scaleX, 100 * scaleY, 100]),
        start,
        0.35,
      ),
      r: moving(
        list(({ angle }) => [(angle * 180) / Math.PI]),
        start,
        0.25,
        true,
      ),
      o: moving(
        list(({ alpha }) => [100 * Math.min(1, alpha)]),
        start,
        1,
        true,
      ),
    },
  };
};

/** @param parts of a design, from back to front @param arts by their names */
export const writeLottie = ({ gift, width, height, fps, seconds, parts }, arts) => {
  const frames = Math.round(seconds * fps);
  const used = new Set(parts.map(({ art }) => art));
  const assets = [...used].map((name) => {
    const { svg, box } = arts.get(name);
    const inBox = svg.cloneNode(true);
    const frame = document.createElementNS("http://www.w3.org/2000/svg", "g");
    frame.setAttribute("transform", `translate(${-box.x} ${-box.y})`);
    frame.append(...[...inBox.children].filter(({ tagName }) => tagName !== "defs"));
    inBox.append(frame);
    return { id: name, layers: layersOfArt(inBox, frames) };
  });
  const layers = parts
    .map((part, index) =>
      layerOf({ ...part, box: arts.get(part.art).box }, parts.length - index, { frames, fps }),
    )
    .filter((layer) => layer !== undefined)
    .toReversed();
  return {
    v: "5.7.0",
    nm: gift,
    fr: fps,
    ip: 0,
    op: frames,
    w: width,
    h: height,
    ddd: 0,
    assets,
    layers,
  };
};
