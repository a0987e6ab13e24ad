import type { Size } from "../../../preload/contract/geometry.ts";
import { pictureLimits } from "../../../preload/contract/ipc.ts";
import type { Painter } from "../painter.ts";
import type { Rect } from "../picture.ts";
import type { DrawOp } from "../plan.ts";
import { chainOf } from "./filter-stages.ts";
import { ShaderProgram } from "./shader-program.ts";
import { TextureCache } from "./texture-cache.ts";

const defaultCacheBytes = 256 * 1024 * 1024;

/** A rectangle of whole pixels of the canvas, y down. */
const onCanvas = `#version 300 es
uniform vec4 u_bounds;
uniform vec2 u_canvas;
out highp vec2 v_pixel;
void main() {
  v_pixel = mix(u_bounds.xy, u_bounds.zw, vec2(gl_VertexID & 1, gl_VertexID >> 1));
  vec2 at = v_pixel / u_canvas * 2.0 - 1.0;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
}`;

/** All of the viewport; row 0 of a texture that is drawn into is the picture's first. */
const everywhere = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0, 0.0, 1.0);
}`;

/** How much of the pixel around `v_pixel` lies in `u_rect`. */
const coverage = `
uniform vec4 u_rect;
in highp vec2 v_pixel;
float coverage() {
  vec2 covered = min(v_pixel + 0.5, u_rect.xy + u_rect.zw) - max(v_pixel - 0.5, u_rect.xy);
  covered = clamp(covered, 0.0, 1.0);
  return covered.x * covered.y;
}`;

const fillFragment = `#version 300 es
precision highp float;
${coverage}
uniform vec4 u_colour;
out vec4 o_colour;
void main() {
  o_colour = u_colour * coverage();
}`;

/** Scaled down below half, each pixel is the mean of `u_taps` bilinear ones, one for each pixel that it shows. */
const pictureFragment = `#version 300 es
precision highp float;
${coverage}
uniform highp sampler2D u_picture;
uniform vec2 u_size;
uniform vec4 u_from;
uniform float u_opacity;
uniform ivec2 u_taps;
uniform bool u_exact;
out vec4 o_colour;
void main() {
  vec2 scale = u_from.zw / u_rect.zw;
  vec2 at = u_from.xy + (v_pixel - u_rect.xy) * scale;
  vec2 low = min(u_from.xy + 0.5, u_from.xy + u_from.zw * 0.5);
  vec2 high = max(u_from.xy + u_from.zw - 0.5, low);
  vec4 colour = vec4(0.0);
  if (u_exact) {
    colour = texelFetch(u_picture, ivec2(clamp(at, low, high)), 0);
  } else {
    for (int y = 0; y < u_taps.y; y++)
      for (int x = 0; x < u_taps.x; x++) {
        vec2 tap = at + ((vec2(x, y) + 0.5) / vec2(u_taps) - 0.5) * scale;
        colour += textureLod(u_picture, clamp(tap, low, high) / u_size, 0.0);
      }
    colour /= float(u_taps.x * u_taps.y);
  }
  o_colour = colour * (u_opacity * coverage());
}`;

/** Beyond this a pixel of a very small picture is the mean of a grid over what it shows, not of all of it. */
const mostTaps = 32;
const tapsOf = (from: number, to: number): number =>
  from <= 2 * to ? 1 : Math.min(mostTaps, Math.ceil(from / to));

/** `#rrggbb` or `#rrggbbaa` as red, green, blue and alpha from 0 to 1. */
const channelsOf = (colour: string): readonly [number, number, number, number] => {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  const alpha = Number.parseInt(colour.slice(7) || "ff", 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255, alpha / 255];
};

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-6;

/** The name that a driver gives its device. */
export const rendererOf = (gl: WebGL2RenderingContext): string => {
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = names && gl.getParameter(names.UNMASKED_RENDERER_WEBGL);
  return typeof name === "string" ? name : "";
};

/** Gives a context's memory back now; Chromium keeps few contexts at once. */
export const dropContext = (gl: WebGL2RenderingContext): void =>
  gl.getExtension("WEBGL_lose_context")?.loseContext();

/** Composes on the GPU; where WebGL2 is done by software it is several times dearer than the CPU painter. */
export class WebGlPainter implements Painter {
  /** The GPU's name, as its driver tells it; may be empty. */
  readonly renderer: string;
  readonly #canvas: OffscreenCanvas;
  readonly #gl: WebGL2RenderingContext;
  readonly #textures: TextureCache;
  readonly #fill: ShaderProgram;
  readonly #picture: ShaderProgram;
  /** By the key of their chain. */
  readonly #chains = new Map<string, ShaderProgram>();
  readonly #filtered: { readonly texture: WebGLTexture; readonly target: WebGLFramebuffer };
  /** Of the texture for filtered pictures, which grows. */
  #filteredSize: Size = { width: 0, height: 0 };

  /** @throws where there is no WebGL2, or one too small for our pictures */
  constructor(size: Size, cacheBytes = defaultCacheBytes) {
    this.#canvas = new OffscreenCanvas(size.width, size.height);
    const gl = this.#canvas.getContext("webgl2", {
      alpha: false,
      antialias: false,
      depth: false,
      stencil: false,
      powerPreference: "high-performance",
    });
    if (!gl || gl.isContextLost()) throw new Error("no WebGL2 context");
    this.#gl = gl;
    const largest: unknown = gl.getParameter(gl.MAX_TEXTURE_SIZE);
    if (!(Number(largest) >= pictureLimits.sidePx))
      throw new Error(`textures of ${String(largest)} px at most`);
    this.renderer = rendererOf(gl);
    this.#fill = new ShaderProgram(gl, onCanvas, fillFragment);
    this.#picture = new ShaderProgram(gl, onCanvas, pictureFragment);
    this.#textures = new TextureCache(gl, cacheBytes);
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    this.#filtered = { texture, target: gl.createFramebuffer() };
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  async paint(
    ops: readonly DrawOp[],
    frame: { readonly timestampUs: number; readonly durationUs: number },
  ): Promise<VideoFrame> {
    for (const op of ops) this.#draw(op);
    this.#throwIfLost();
    const painted = new VideoFrame(this.#canvas, {
      timestamp: frame.timestampUs,
      duration: frame.durationUs,
      alpha: "discard",
    });
    if (this.#gl.isContextLost()) painted.close();
    this.#throwIfLost();
    return painted;
  }

  close(): void {
    dropContext(this.#gl);
  }

  #throwIfLost(): void {
    if (this.#gl.isContextLost()) throw new Error("the WebGL2 context is lost");
  }

  #draw(op: DrawOp): void {
    const gl = this.#gl;
    switch (op.op) {
      case "clear": {
        const [red, green, blue] = channelsOf(op.colour);
        gl.clearColor(red, green, blue, 1);
        gl.clear(gl.COLOR_BUFFER_BIT);
        return;
      }
      case "fill": {
        const [red, green, blue, alpha] = channelsOf(op.colour);
        this.#fill.use();
        gl.uniform4f(this.#fill.at("u_colour"), red * alpha, green * alpha, blue * alpha, alpha);
        this.#cover(this.#fill, op.rect);
        return;
      }
      case "picture":
        this.#drawPicture(op);
        return;
      default:
        op satisfies never;
    }
  }

  #drawPicture(op: Extract<DrawOp, { op: "picture" }>): void {
    const gl = this.#gl;
    const { from, rect, picture } = op;
    const size = op.filters.length > 0 ? this.#filter(op) : picture;
    if (op.filters.length === 0) this.#textures.bind(picture);
    const program = this.#picture;
    program.use();
    gl.uniform2f(program.at("u_size"), size.width, size.height);
    gl.uniform4f(program.at("u_from"), from.x, from.y, from.width, from.height);
    gl.uniform1f(program.at("u_opacity"), op.opacity);
    gl.uniform2i(
      program.at("u_taps"),
      tapsOf(from.width, rect.width),
      tapsOf(from.height, rect.height),
    );
    const exact =
      from.width === rect.width &&
      from.height === rect.height &&
      isWhole(rect.x - from.x) &&
      isWhole(rect.y - from.y);
    gl.uniform1i(program.at("u_exact"), exact ? 1 : 0);
    this.#cover(program, rect);
  }

  /** Draws the program in use over all pixels that `rect` touches. */
  #cover(program: ShaderProgram, rect: Rect): void {
    const gl = this.#gl;
    const { width, height } = this.#canvas;
    gl.uniform4f(program.at("u_rect"), rect.x, rect.y, rect.width, rect.height);
    gl.uniform2f(program.at("u_canvas"), width, height);
    gl.uniform4f(
      program.at("u_bounds"),
      Math.max(0, Math.floor(rect.x)),
      Math.max(0, Math.floor(rect.y)),
      Math.min(width, Math.ceil(rect.x + rect.width)),
      Math.min(height, Math.ceil(rect.y + rect.height)),
    );
    gl.viewport(0, 0, width, height);
    gl.enable(gl.BLEND);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  /** Leaves the filtered picture in the texture that is bound then, at its top-left; gives that texture's size. */
  #filter({ picture, filters }: Extract<DrawOp, { op: "picture" }>): Size {
    const gl = this.#gl;
    const chain = chainOf(filters);
    let program = this.#chains.get(chain.key);
    if (!program) {
      program = new ShaderProgram(gl, everywhere, chain.fragment);
      this.#chains.set(chain.key, program);
    }
    const { texture, target } = this.#filtered;
    const size = {
      width: Math.max(this.#filteredSize.width, picture.width),
      height: Math.max(this.#filteredSize.height, picture.height),
    };
    gl.bindFramebuffer(gl.FRAMEBUFFER, target);
    if (size.width > this.#filteredSize.width || size.height > this.#filteredSize.height) {
      this.#filteredSize = size;
      gl.bindTexture(gl.TEXTURE_2D, texture);
      const { width, height } = size;
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    }
    this.#textures.bind(picture);
    program.use();
    gl.uniform4fv(program.at("u_parameters"), chain.parameters);
    gl.viewport(0, 0, picture.width, picture.height);
    gl.disable(gl.BLEND);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    return size;
  }
}
