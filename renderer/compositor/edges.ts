interface Point {
  readonly x: number;
  readonly y: number;
}

/** The direction across the two edges through `near` and `far` that run along `along`, and where along it they lie. */
const pairOf = (near: Point, far: Point, along: Point): readonly number[] => {
  const length = Math.hypot(along.x, along.y);
  const across = { x: -along.y / length, y: along.x / length };
  const sign = across.x * (far.x - near.x) + across.y * (far.y - near.y) < 0 ? -1 : 1;
  const x = sign * across.x;
  const y = sign * across.y;
  return [x, y, x * near.x + y * near.y, x * far.x + y * far.y];
};

/**
 * The edges of a parallelogram as painters measure how much of a pixel is inside: for each of its two pairs of opposite
 * edges the direction (x, y) across them, of length 1, and how far along it the near and the far one lie.
 */
export const edgesOf = ([topLeft, topRight, , bottomLeft]: readonly [
  Point,
  Point,
  Point,
  Point,
]): readonly number[] => [
  ...pairOf(topLeft, topRight, { x: bottomLeft.x - topLeft.x, y: bottomLeft.y - topLeft.y }),
  ...pairOf(topLeft, bottomLeft, { x: topRight.x - topLeft.x, y: topRight.y - topLeft.y }),
];
