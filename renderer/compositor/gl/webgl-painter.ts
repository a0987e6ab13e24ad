import type { Size } from "../../../preload/contract/geometry.ts";
import type { Filter } from "../../../preload/contract/filter.ts";
import type { BlendMode } from "../../../preload/contract/scene.ts";
import { pictureLimits } from "../../../preload/contract/ipc.ts";
import type { Painter } from "../painter.ts";
import { type Affine, compose, cornersOf, hullOf, invert } from "../affine.ts";
import { edgesOf } from "../edges.ts";
import type { Rect } from "../picture.ts";
import type { DrawOp } from "../plan.ts";
import { type FilterTarget, FilterTargets } from "./filter-targets.ts";
import type { FilterPictures } from "../filters/filter-pixels.ts";
import { passesOf } from "./filter-passes.ts";
import { ShaderProgram } from "./shader-program.ts";
import { TextureCache } from "./texture-cache.ts";

const defaultCacheBytes = 256 * 1024 * 1024;
/** Of pictures that filters need. */
const filterCacheBytes = 64 * 1024 * 1024;

/** A rectangle of whole pixels of what is drawn on, y down; row 0 of a texture that is drawn into is its first. */
const onCanvas = `#version 300 es
uniform vec4 u_bounds;
uniform vec2 u_canvas;
uniform float u_up;
out highp vec2 v_pixel;
void main() {
  v_pixel = mix(u_bounds.xy, u_bounds.zw, vec2(gl_VertexID & 1, gl_VertexID >> 1));
  vec2 at = v_pixel / u_canvas * 2.0 - 1.0;
  gl_Position = vec4(at.x, u_up * at.y, 0.0, 1.0);
}`;

/** All of the viewport; row 0 of a texture that is drawn into is the picture's first. */
const everywhere = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0, 0.0, 1.0);
}`;

/**
 * `coverage`: how much of the pixel around `v_pixel` lies between two pairs of edges (the direction across a pair, and
 * where along it they are). `mixed`: a premultiplied colour, mixed with what is there where it cannot just be laid over it.
 */
const drawing = `
uniform vec4 u_edges[2];
uniform int u_mode;
uniform highp sampler2D u_below;
in highp vec2 v_pixel;
float between(vec4 edges) {
  float along = dot(edges.xy, v_pixel);
  return clamp(min(along - edges.z, 0.5) + min(edges.w - along, 0.5), 0.0, 1.0);
}
float coverage() {
  return between(u_edges[0]) * between(u_edges[1]);
}
vec4 mixed(vec4 source) {
  if (u_mode == 0) return source;
  vec4 below = texelFetch(u_below, ivec2(gl_FragCoord.xy), 0);
  vec3 s = source.rgb;
  vec3 d = below.rgb;
  vec3 over = s + d * (1.0 - source.a);
  vec3 under = d + s * (1.0 - below.a);
  vec3 rgb =
    u_mode == 1 ? s + d :
    u_mode == 2 ? d - s :
    u_mode == 3 ? s + d - s * d :
    u_mode == 4 ? s * d + s * (1.0 - below.a) + d * (1.0 - source.a) :
    u_mode == 5 ? max(over, under) : min(over, under);
  float a = source.a + below.a - source.a * below.a;
  return vec4(clamp(rgb, 0.0, a), a);
}`;

const modes: Readonly<Record<BlendMode, number>> = {
  normal: 0,
  additive: 1,
  subtract: 2,
  screen: 3,
  multiply: 4,
  lighten: 5,
  darken: 6,
};

const fillFragment = `#version 300 es
precision highp float;
${drawing}
uniform vec4 u_colour;
out vec4 o_colour;
void main() {
  o_colour = mixed(u_colour * coverage());
}`;

/** Scaled down below half, each pixel is the mean of `u_taps` bilinear ones, one for each pixel that it shows. */
const pictureFragment = `#version 300 es
precision highp float;
${drawing}
uniform highp sampler2D u_picture;
uniform vec2 u_size;
uniform vec4 u_from;
uniform vec2 u_start;
uniform mat2 u_step;
uniform float u_opacity;
uniform ivec2 u_taps;
uniform bool u_exact;
out vec4 o_colour;
void main() {
  vec2 at = u_start + u_step * v_pixel;
  vec2 low = min(u_from.xy + 0.5, u_from.xy + u_from.zw * 0.5);
  vec2 high = max(u_from.xy + u_from.zw - 0.5, low);
  vec4 colour = vec4(0.0);
  if (u_exact) {
    colour = texelFetch(u_picture, ivec2(clamp(at, low, high)), 0);
  } else {
    for (int y = 0; y < u_taps.y; y++)
      for (int x = 0; x < u_taps.x; x++) {
        vec2 tap = at + u_step * ((vec2(x, y) + 0.5) / vec2(u_taps) - 0.5);
        colour += textureLod(u_picture, clamp(tap, low, high) / u_size, 0.0);
      }
    colour /= float(u_taps.x * u_taps.y);
  }
  o_colour = mixed(colour * (u_opacity * coverage()));
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

/** Texture units of what a filter reads; `u_below` keeps the second. */
const filterUnitOf = (nth: number): number => (nth === 0 ? 0 : nth + 1);

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-6;

const upright: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
type Mixed = Extract<DrawOp, { op: "fill" | "picture" | "group" }>;

/** A texture to draw on, which grows. */
class GlSurface {
  readonly texture: WebGLTexture;
  readonly target: WebGLFramebuffer;
  readonly #gl: WebGL2RenderingContext;
  #size: Size = { width: 0, height: 0 };

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.texture = gl.createTexture();
    this.target = gl.createFramebuffer();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  }

  get size(): Size {
    return this.#size;
  }

  grow({ width, height }: Size): void {
    if (width <= this.#size.width && height <= this.#size.height) return;
    const gl = this.#gl;
    this.#size = {
      width: Math.max(width, this.#size.width),
      height: Math.max(height, this.#size.height),
    };
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    const size = [this.#size.width, this.#size.height] as const;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, ...size, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.texture, 0);
  }
}

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
  /** Of filters, by their fragment shader. */
  readonly #filters = new Map<string, ShaderProgram>();
  readonly #targets: FilterTargets;
  /** Apart from those that are drawn, as both are bound at once. */
  readonly #filterTextures: TextureCache;
  readonly #size: Size;
  /** What is drawn on now; depth 0 is the canvas. */
  #ground: Size & { readonly depth: number; readonly target: WebGLFramebuffer | null };
  /** Of groups, by their depth. */
  readonly #surfaces: GlSurface[] = [];
  #below: Size & { readonly texture: WebGLTexture; readonly format: number };

  /** @throws where there is no WebGL2, or one too small for our pictures */
  constructor(size: Size, cacheBytes = defaultCacheBytes) {
    this.#size = size;
    this.#ground = { ...size, depth: 0, target: null };
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
    this.#targets = new FilterTargets(gl);
    this.#filterTextures = new TextureCache(gl, filterCacheBytes);
    this.#below = { texture: gl.createTexture(), format: 0, width: 0, height: 0 };
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.#below.texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.activeTexture(gl.TEXTURE0);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  async paint(
    ops: readonly DrawOp[],
    frame: { readonly timestampUs: number; readonly durationUs: number },
  ): Promise<VideoFrame> {
    this.#ground = { ...this.#size, depth: 0, target: null };
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
        const [red, green, blue, own] = channelsOf(op.colour);
        const alpha = own * (op.opacity ?? 1);
        this.#fill.use();
        gl.uniform4f(this.#fill.at("u_colour"), red * alpha, green * alpha, blue * alpha, alpha);
        this.#cover(this.#fill, op);
        return;
      }
      case "picture":
        this.#drawPicture(op);
        return;
      case "group":
        this.#drawGroup(op);
        return;
      default:
        op satisfies never;
    }
  }

  #drawPicture(op: Extract<DrawOp, { op: "picture" }>): void {
    this.#textures.bind(op.picture);
    const { picture, filters } = op;
    const texture = this.#textures.boundTexture(picture);
    this.#drawTexture(
      op,
      this.#filter({ texture, size: picture }, picture, filters, op.filterPictures),
    );
  }

  #drawGroup(op: Extract<DrawOp, { op: "group" }>): void {
    const gl = this.#gl;
    const { width, height, ops } = op.surface;
    const outer = this.#ground;
    const depth = outer.depth + 1;
    const surface = this.#surfaces[depth] ?? new GlSurface(gl);
    this.#surfaces[depth] = surface;
    surface.grow({ width, height });
    this.#ground = { width, height, depth, target: surface.target };
    gl.bindFramebuffer(gl.FRAMEBUFFER, surface.target);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    for (const inner of ops) this.#draw(inner);
    this.#ground = outer;
    gl.bindFramebuffer(gl.FRAMEBUFFER, outer.target);
    gl.bindTexture(gl.TEXTURE_2D, surface.texture);
    this.#drawTexture(op, this.#filter(surface, op.surface, op.filters ?? [], op.filterPictures));
  }

  /** Draws of the texture that is bound, which has `size`. */
  #drawTexture(op: Extract<DrawOp, { op: "picture" | "group" }>, size: Size): void {
    const gl = this.#gl;
    const { from, rect, map } = op;
    const program = this.#picture;
    program.use();
    gl.uniform2f(program.at("u_size"), size.width, size.height);
    gl.uniform4f(program.at("u_from"), from.x, from.y, from.width, from.height);
    gl.uniform1f(program.at("u_opacity"), op.opacity);
    const scaleX = from.width / rect.width;
    const scaleY = from.height / rect.height;
    const toPart: Affine = {
      a: scaleX,
      b: 0,
      c: 0,
      d: scaleY,
      e: from.x - rect.x * scaleX,
      f: from.y - rect.y * scaleY,
    };
    const step = map ? compose(toPart, invert(map)) : toPart;
    gl.uniform2f(program.at("u_start"), step.e, step.f);
    gl.uniformMatrix2fv(program.at("u_step"), false, [step.a, step.b, step.c, step.d]);
    gl.uniform2i(
      program.at("u_taps"),
      tapsOf(Math.hypot(step.a, step.b), 1),
      tapsOf(Math.hypot(step.c, step.d), 1),
    );
    const exact =
      !map &&
      from.width === rect.width &&
      from.height === rect.height &&
      isWhole(rect.x - from.x) &&
      isWhole(rect.y - from.y);
    gl.uniform1i(program.at("u_exact"), exact ? 1 : 0);
    this.#cover(program, op);
  }

  /** Draws the program in use over all pixels that the op touches. */
  #cover(program: ShaderProgram, { rect, map, blend }: Mixed): void {
    const gl = this.#gl;
    const { width, height, depth } = this.#ground;
    const corners = cornersOf(rect, map ?? upright);
    const hull = hullOf(corners);
    const left = Math.max(0, Math.floor(hull.x));
    const top = Math.max(0, Math.floor(hull.y));
    const right = Math.min(width, Math.ceil(hull.x + hull.width));
    const bottom = Math.min(height, Math.ceil(hull.y + hull.height));
    if (right <= left || bottom <= top) return;
    gl.uniform4fv(program.at("u_edges"), edgesOf(corners));
    gl.uniform2f(program.at("u_canvas"), width, height);
    gl.uniform1f(program.at("u_up"), depth === 0 ? -1 : 1);
    gl.uniform4f(program.at("u_bounds"), left, top, right, bottom);
    gl.uniform1i(program.at("u_mode"), modes[blend ?? "normal"]);
    gl.uniform1i(program.at("u_below"), 1);
    gl.viewport(0, 0, width, height);
    if (blend) {
      const y = depth === 0 ? height - bottom : top;
      this.#copyBelow({ x: left, y, width: right - left, height: bottom - top });
      gl.disable(gl.BLEND);
    } else gl.enable(gl.BLEND);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  /** What has been drawn of a rectangle (y as WebGL counts it) into the texture that shaders know as `u_below`. */
  #copyBelow({ x, y, width, height }: Rect): void {
    const gl = this.#gl;
    const ground = this.#ground;
    // The canvas has no alpha, and is copied to a texture without one only.
    const format = ground.depth === 0 ? gl.RGB : gl.RGBA;
    const known = this.#below;
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, known.texture);
    if (known.format !== format || known.width < ground.width || known.height < ground.height) {
      this.#below = { ...known, format, width: ground.width, height: ground.height };
      const size = [ground.width, ground.height] as const;
      gl.texImage2D(gl.TEXTURE_2D, 0, format, ...size, 0, format, gl.UNSIGNED_BYTE, null);
    }
    gl.copyTexSubImage2D(gl.TEXTURE_2D, 0, x, y, x, y, width, height);
    gl.activeTexture(gl.TEXTURE0);
  }

  /** Takes the part of `source`, which is bound, that has `size`, and leaves the filtered texture bound; gives its size. */
  #filter(
    source: FilterTarget,
    size: Size,
    filters: readonly Filter[],
    pictures: FilterPictures = new Map(),
  ): Size {
    if (filters.length === 0) return source.size;
    const gl = this.#gl;
    const passes = passesOf(filters, size, source.size, pictures);
    const results = [source];
    gl.disable(gl.BLEND);
    for (const [index, pass] of passes.entries()) {
      let program = this.#filters.get(pass.fragment);
      if (!program) {
        program = new ShaderProgram(gl, everywhere, pass.fragment);
        this.#filters.set(pass.fragment, program);
      }
      const isRead = (result: number): boolean =>
        result === index + 1 || passes.slice(index).some(({ inputs }) => inputs.includes(result));
      const target = this.#targets.take(
        pass.size,
        results.filter((_, result) => isRead(result)),
      );
      program.use();
      const inputs = pass.inputs.flatMap((input) => results[input] ?? []);
      for (const [nth, input] of inputs.entries()) {
        gl.activeTexture(gl.TEXTURE0 + filterUnitOf(nth));
        gl.bindTexture(gl.TEXTURE_2D, input.texture);
      }
      for (const [nth, picture] of pass.pictures.entries()) {
        gl.activeTexture(gl.TEXTURE0 + filterUnitOf(inputs.length + nth));
        this.#filterTextures.bind(picture);
      }
      if (pass.pictures.length > 0)
        gl.uniform1iv(
          program.at("u_pictures"),
          pass.pictures.map((_, nth) => filterUnitOf(inputs.length + nth)),
        );
      gl.activeTexture(gl.TEXTURE0);
      gl.uniform1iv(
        program.at("u_inputs"),
        inputs.map((_, nth) => filterUnitOf(nth)),
      );
      gl.uniform2fv(
        program.at("u_inputSizes"),
        inputs.flatMap((input) => [input.size.width, input.size.height]),
      );
      gl.uniform2f(program.at("u_size"), pass.size.width, pass.size.height);
      if (pass.parameters.length > 0) gl.uniform4fv(program.at("u_parameters"), pass.parameters);
      this.#targets.drawInto(target);
      gl.viewport(0, 0, pass.size.width, pass.size.height);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      results.push(target);
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#ground.target);
    const last = results.at(-1) ?? source;
    gl.bindTexture(gl.TEXTURE_2D, last.texture);
    return last.size;
  }
}
