// Files of SVGA 2.x: https://github.com/svga/SVGA-Format, proto/svga.proto.
import { deflateSync } from "node:zlib";
import { PbfWriter } from "pbf";

const floats = (values) => (_, pbf) =>
  values.forEach((value, at) => pbf.writeFloatField(at + 1, value));

const writeShape =
  ({ path, ellipse, rect, fill, stroke, strokeWidth, transform }) =>
  (_, pbf) => {
    pbf.writeVarintField(1, path ? 0 : rect ? 1 : 2);
    if (path) pbf.writeMessage(2, (__, inner) => inner.writeStringField(1, path), null);
    if (rect) pbf.writeMessage(3, floats(rect), null);
    if (ellipse) pbf.writeMessage(4, floats(ellipse), null);
    pbf.writeMessage(
      10,
      (__, inner) => {
        if (fill) inner.writeMessage(1, floats(fill), null);
        if (stroke) inner.writeMessage(2, floats(stroke), null);
        if (strokeWidth) inner.writeFloatField(3, strokeWidth);
      },
      null,
    );
    if (transform) pbf.writeMessage(11, floats(transform), null);
  };

const writeFrame =
  ({ alpha, size, transform, clip, shapes }) =>
  (_, pbf) => {
    if (!(alpha > 0)) return;
    pbf.writeFloatField(1, alpha);
    if (size) pbf.writeMessage(2, floats([0, 0, ...size]), null);
    pbf.writeMessage(3, floats(transform), null);
    if (clip) pbf.writeStringField(4, clip);
    for (const shape of shapes ?? []) pbf.writeMessage(5, writeShape(shape), null);
  };

/**
 * @param movie `{ width, height, fps, frames, pictures: { key: PNG }, sprites: [{ key, frames: [] }] }`; sprites from
 * back to front, a frame without alpha is empty
 */
export const writeSvga = ({ width, height, fps, frames, pictures, sprites }) => {
  const pbf = new PbfWriter();
  pbf.writeStringField(1, "2.0.0");
  pbf.writeMessage(
    2,
    (_, inner) => {
      inner.writeFloatField(1, width);
      inner.writeFloatField(2, height);
      inner.writeVarintField(3, fps);
      inner.writeVarintField(4, frames);
    },
    null,
  );
  for (const [key, bytes] of Object.entries(pictures))
    pbf.writeMessage(
      3,
      (_, inner) => {
        inner.writeStringField(1, key);
        inner.writeBytesField(2, bytes);
      },
      null,
    );
  for (const { key, frames: each } of sprites)
    pbf.writeMessage(
      4,
      (_, inner) => {
        inner.writeStringField(1, key);
        for (const frame of each) inner.writeMessage(2, writeFrame(frame), null);
      },
      null,
    );
  return deflateSync(pbf.finish(), { level: 9 });
};
