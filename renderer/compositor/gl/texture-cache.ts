import type { Picture } from "../picture.ts";

interface CachedTexture {
  readonly texture: WebGLTexture;
  readonly version: number;
  readonly bytes: number;
}

/**
 * Pictures in the GPU's memory, premultiplied, by (`id`, `version`). Those that were not drawn for longest are dropped
 * beyond `limitBytes`; they are uploaded again when drawn.
 */
export class TextureCache {
  readonly #gl: WebGL2RenderingContext;
  readonly #limitBytes: number;
  /** In the order of their last use. */
  readonly #textures = new Map<string, CachedTexture>();
  #bytes = 0;

  constructor(gl: WebGL2RenderingContext, limitBytes: number) {
    this.#gl = gl;
    this.#limitBytes = limitBytes;
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  }

  /** Binds the picture's texture; it stays valid until the next call. */
  bind(picture: Picture): void {
    const gl = this.#gl;
    const cached = this.#textures.get(picture.id);
    if (cached) this.#textures.delete(picture.id);
    const texture = cached?.texture ?? this.#make();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    if (cached?.version === picture.version) {
      this.#textures.set(picture.id, cached);
      return;
    }
    this.#upload(picture);
    const bytes = picture.width * picture.height * 4;
    this.#textures.set(picture.id, { texture, version: picture.version, bytes });
    this.#bytes += bytes - (cached?.bytes ?? 0);
    for (const [id, oldest] of this.#textures) {
      if (this.#bytes <= this.#limitBytes || id === picture.id) break;
      this.#textures.delete(id);
      this.#bytes -= oldest.bytes;
      gl.deleteTexture(oldest.texture);
    }
  }

  /** Of a picture that was bound last. */
  boundTexture(picture: Picture): WebGLTexture {
    const cached = this.#textures.get(picture.id);
    if (!cached) throw new Error(`the picture ${picture.id} is not bound`);
    return cached.texture;
  }

  #make(): WebGLTexture {
    const gl = this.#gl;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    return texture;
  }

  #upload({ pixels, width, height }: Picture): void {
    const gl = this.#gl;
    const [target, format, type] = [gl.TEXTURE_2D, gl.RGBA, gl.UNSIGNED_BYTE] as const;
    if (pixels instanceof VideoFrame) gl.texImage2D(target, 0, gl.RGBA8, format, type, pixels);
    else gl.texImage2D(target, 0, gl.RGBA8, width, height, 0, format, type, pixels.data);
  }
}
