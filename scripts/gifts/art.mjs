// The gifts' pictures as they are in resources/gifts, whole or by the part that an id names. Runs in the browser.

const parse = async (url) =>
  new DOMParser().parseFromString(await (await fetch(url)).text(), "image/svg+xml").documentElement;

/** A part, in its own coordinates: transforms of its own and around it are left out. */
const cutOut = (root, id) => {
  const cut = root.cloneNode(false);
  for (const definitions of root.querySelectorAll("defs")) cut.append(definitions.cloneNode(true));
  const found = root.querySelector(`[id="${id}"]`);
  if (!found) throw new Error(`no part ${id}`);
  const part = found.cloneNode(true);
  part.removeAttribute("transform");
  cut.append(part);
  return cut;
};

/** Edges may have strokes, which a box of the outline leaves out. */
const marginOf = 10;

const boxOf = (svg) => {
  document.body.append(svg);
  const boxes = [...svg.children]
    .filter(({ tagName }) => tagName !== "defs")
    .map((child) => child.getBBox());
  svg.remove();
  const left = Math.min(...boxes.map(({ x }) => x)) - marginOf;
  const top = Math.min(...boxes.map(({ y }) => y)) - marginOf;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + marginOf;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + marginOf;
  return { x: left, y: top, width: right - left, height: bottom - top };
};

/** @param path `gift`, `gift#part` or `parts/name` @param scale pixels a unit of the SVG */
export const loadArt = async (path, scale) => {
  const [gift, id] = path.split("#");
  const folder = gift.startsWith("parts/") ? "/scripts/gifts" : "/resources/gifts";
  const root = await parse(`${folder}/${gift}.svg`);
  const svg = id ? cutOut(root, id) : root;
  const box = id ? boxOf(svg) : { x: 0, y: 0, width: 256, height: 256 };
  svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
  const width = Math.ceil(box.width * scale);
  const height = Math.ceil(box.height * scale);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("preserveAspectRatio", "none");
  const url = URL.createObjectURL(
    new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }),
  );
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  URL.revokeObjectURL(url);
  return { svg, box, canvas, image: await createImageBitmap(canvas) };
};

/** Draws art with its point `pivot` at a place of the context. */
export const place = (
  context,
  { image, box },
  x,
  y,
  { scale = 1, scaleX = scale, scaleY = scale, angle = 0, alpha = 1, pivot = [128, 128] } = {},
) => {
  if (alpha <= 0.003) return;
  context.save();
  context.globalAlpha *= Math.min(1, alpha);
  context.translate(x, y);
  context.rotate(angle);
  context.scale(scaleX, scaleY);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, box.x - pivot[0], box.y - pivot[1], box.width, box.height);
  context.restore();
};
