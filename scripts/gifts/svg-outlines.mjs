// Outlines of an SVG's elements as cubic curves, and their paints, in the drawing's own coordinates. Runs in the browser.

const tokens = (d) => d.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g) ?? [];

/** SVG 1.1, appendix F.6: an arc by its centre, then by curves of at most a quarter. */
const arcCurves = (x1, y1, radiusX, radiusY, angle, isLarge, isSweep, x2, y2) => {
  const phi = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
  const px = (cos * (x1 - x2)) / 2 + (sin * (y1 - y2)) / 2;
  const py = (-sin * (x1 - x2)) / 2 + (cos * (y1 - y2)) / 2;
  const grow = Math.max(1, Math.sqrt((px / radiusX) ** 2 + (py / radiusY) ** 2));
  const rx = radiusX * grow;
  const ry = radiusY * grow;
  const root =
    Math.max(0, (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2) /
    ((rx * py) ** 2 + (ry * px) ** 2);
  const factor = (isLarge === isSweep ? -1 : 1) * Math.sqrt(root);
  const cxp = (factor * rx * py) / ry;
  const cyp = (-factor * ry * px) / rx;
  const cx = cos * cxp - sin * cyp + (x1 + x2) / 2;
  const cy = sin * cxp + cos * cyp + (y1 + y2) / 2;
  const start = Math.atan2((py - cyp) / ry, (px - cxp) / rx);
  let sweep = Math.atan2((-py - cyp) / ry, (-px - cxp) / rx) - start;
  if (isSweep && sweep < 0) sweep += 2 * Math.PI;
  if (!isSweep && sweep > 0) sweep -= 2 * Math.PI;
  const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-6));
  const step = sweep / pieces;
  const handle = (4 / 3) * Math.tan(step / 4);
  const at = (x, y) => [cos * rx * x - sin * ry * y + cx, sin * rx * x + cos * ry * y + cy];
  return Array.from({ length: pieces }, (_, piece) => {
    const a = start + piece * step;
    const b = a + step;
    return [
      ...at(Math.cos(a) - handle * Math.sin(a), Math.sin(a) + handle * Math.cos(a)),
      ...at(Math.cos(b) + handle * Math.sin(b), Math.sin(b) - handle * Math.cos(b)),
      ...at(Math.cos(b), Math.sin(b)),
    ];
  });
};

/** Closed or open runs of points, each with its handles before and after. */
export const curvesOfPath = (d) => {
  const list = tokens(d);
  const runs = [];
  let run;
  let [x, y, startX, startY, lastX, lastY] = [0, 0, 0, 0, 0, 0];
  let command = "";
  let before = "";
  let at = 0;
  const next = () => Number(list[at++]);
  const begin = () => {
    run = { closed: false, points: [{ at: [x, y], before: [x, y], after: [x, y] }] };
    runs.push(run);
  };
  const curve = (ax, ay, bx, by, cx, cy) => {
    run.points.at(-1).after = [ax, ay];
    run.points.push({ at: [cx, cy], before: [bx, by], after: [cx, cy] });
    [lastX, lastY, x, y] = [bx, by, cx, cy];
  };
  const line = (toX, toY) => curve(x, y, toX, toY, toX, toY);
  while (at < list.length) {
    if (/[a-z]/i.test(list[at])) command = list[at++];
    const relative = command === command.toLowerCase();
    const [fromX, fromY] = relative ? [x, y] : [0, 0];
    const kind = command.toUpperCase();
    if (kind !== "M" && kind !== "Z" && !run) begin();
    if (kind === "M") {
      [x, y] = [fromX + next(), fromY + next()];
      [startX, startY] = [x, y];
      begin();
      command = relative ? "l" : "L";
    } else if (kind === "Z") {
      const { points } = run;
      const last = points.at(-1);
      if (points.length > 1 && Math.hypot(last.at[0] - startX, last.at[1] - startY) < 0.01) {
        points[0].before = last.before;
        points.pop();
      }
      run.closed = true;
      run = undefined;
      [x, y] = [startX, startY];
    } else if (kind === "L") line(fromX + next(), fromY + next());
    else if (kind === "H") line(fromX + next(), y);
    else if (kind === "V") line(x, fromY + next());
    else if (kind === "C")
      curve(
        fromX + next(),
        fromY + next(),
        fromX + next(),
        fromY + next(),
        fromX + next(),
        fromY + next(),
      );
    else if (kind === "S") {
      const [ax, ay] = /[CS]/.test(before) ? [2 * x - lastX, 2 * y - lastY] : [x, y];
      curve(ax, ay, fromX + next(), fromY + next(), fromX + next(), fromY + next());
    } else if (kind === "Q") {
      const [qx, qy, toX, toY] = [fromX + next(), fromY + next(), fromX + next(), fromY + next()];
      curve(
        x + (2 / 3) * (qx - x),
        y + (2 / 3) * (qy - y),
        toX + (2 / 3) * (qx - toX),
        toY + (2 / 3) * (qy - toY),
        toX,
        toY,
      );
    } else if (kind === "A") {
      const [rx, ry, angle, large, sweep] = [next(), next(), next(), next(), next()];
      for (const piece of arcCurves(
        x,
        y,
        rx,
        ry,
        angle,
        large === 1,
        sweep === 1,
        fromX + next(),
        fromY + next(),
      ))
        curve(...piece);
    } else throw new Error(`no path command ${command}`);
    before = kind;
  }
  return runs.filter(({ points }) => points.length > 1);
};

const number = (element, name, other = 0) => Number(element.getAttribute(name) ?? other);

const ellipsePath = (cx, cy, rx, ry) =>
  `M${cx - rx} ${cy}A${rx} ${ry} 0 0 1 ${cx + rx} ${cy}A${rx} ${ry} 0 0 1 ${cx - rx} ${cy}Z`;

const pathOf = (element) => {
  switch (element.tagName) {
    case "path":
      return element.getAttribute("d");
    case "circle":
      return ellipsePath(
        number(element, "cx"),
        number(element, "cy"),
        number(element, "r"),
        number(element, "r"),
      );
    case "ellipse":
      return ellipsePath(
        number(element, "cx"),
        number(element, "cy"),
        number(element, "rx"),
        number(element, "ry"),
      );
    case "rect": {
      const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => number(element, name));
      const r = Math.min(number(element, "rx"), w / 2, h / 2);
      const corner = (toX, toY) => (r > 0 ? `A${r} ${r} 0 0 1 ${toX} ${toY}` : "");
      return `M${x + r} ${y}H${x + w - r}${corner(x + w, y + r)}V${y + h - r}${corner(x + w - r, y + h)}H${x + r}${corner(x, y + h - r)}V${y + r}${corner(x + r, y)}Z`;
    }
    default:
      throw new Error(`no outline of ${element.tagName}`);
  }
};

const matrixOf = (element) => {
  const list = element.transform?.baseVal.consolidate();
  return list ? DOMMatrix.fromMatrix(list.matrix) : new DOMMatrix();
};

const inherited = (element, name, root) => {
  for (let at = element; at && at !== root.parentNode; at = at.parentNode)
    if (at.getAttribute?.(name)) return at.getAttribute(name);
  return null;
};

const movedBy =
  (matrix) =>
  ([x, y]) => {
    const point = matrix.transformPoint(new DOMPoint(x, y));
    return [point.x, point.y];
  };

const movedRuns = (runs, matrix) => {
  const move = movedBy(matrix);
  return runs.map(({ closed, points }) => ({
    closed,
    points: points.map((point) => ({
      at: move(point.at),
      before: move(point.before),
      after: move(point.after),
    })),
  }));
};

const stopsOf = (gradient) =>
  [...gradient.querySelectorAll("stop")].map((stop) => ({
    offset: number(stop, "offset"),
    colour: stop.getAttribute("stop-color"),
    alpha: number(stop, "stop-opacity", 1),
  }));

const paintOf = (text, element, root, matrix) => {
  if (!text || text === "none") return null;
  const id = /^url\(#(.+)\)$/.exec(text)?.[1];
  if (!id) return { kind: "colour", colour: text };
  const gradient = root.querySelector(`[id="${id}"]`);
  const box = element.getBBox();
  const move = movedBy(matrix);
  const at = (x, y) => move([box.x + x * box.width, box.y + y * box.height]);
  const stops = stopsOf(gradient);
  if (gradient.tagName === "linearGradient")
    return {
      kind: "linear",
      stops,
      from: at(number(gradient, "x1"), number(gradient, "y1")),
      to: at(number(gradient, "x2", 1), number(gradient, "y2")),
    };
  const [cx, cy, r] = [
    number(gradient, "cx", 0.5),
    number(gradient, "cy", 0.5),
    number(gradient, "r", 0.5),
  ];
  // A circle is drawn where SVG draws an ellipse: the middle of both radii.
  const from = at(cx, cy);
  const wide = at(cx + r, cy);
  const high = at(cx, cy + r);
  const radius =
    (Math.hypot(wide[0] - from[0], wide[1] - from[1]) +
      Math.hypot(high[0] - from[0], high[1] - from[1])) /
    2;
  return { kind: "radial", stops, from, to: [from[0] + radius, from[1]] };
};

/** Shapes from back to front: runs, fill, stroke, opacity, and the runs of what clips them. */
export const outlinesOf = (svg) => {
  document.body.append(svg);
  const shapes = [];
  const walk = (element, above, alpha, clip) => {
    if (element.tagName === "defs") return;
    const matrix = element === svg ? above : above.multiply(matrixOf(element));
    const opacity = alpha * number(element, "opacity", 1);
    const clipId = /^url\(#(.+)\)$/.exec(element.getAttribute("clip-path") ?? "")?.[1];
    const clipped = clipId
      ? [...svg.querySelector(`[id="${clipId}"]`).children].flatMap((child) =>
          movedRuns(curvesOfPath(pathOf(child)), matrix),
        )
      : clip;
    if (element === svg || element.tagName === "g") {
      for (const child of element.children) walk(child, matrix, opacity, clipped);
      return;
    }
    const scale = Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
    const stroke = paintOf(inherited(element, "stroke", svg), element, svg, matrix);
    shapes.push({
      runs: movedRuns(curvesOfPath(pathOf(element)), matrix),
      evenOdd: element.getAttribute("fill-rule") === "evenodd",
      fill: paintOf(inherited(element, "fill", svg) ?? "#000000", element, svg, matrix),
      fillAlpha: opacity * number(element, "fill-opacity", 1),
      stroke,
      strokeAlpha: opacity * number(element, "stroke-opacity", 1),
      strokeWidth: number(element, "stroke-width", 1) * scale,
      isRound: inherited(element, "stroke-linecap", svg) === "round",
      clip: clipped,
    });
  };
  walk(svg, new DOMMatrix(), 1, null);
  svg.remove();
  return shapes;
};
