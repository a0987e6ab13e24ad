import type { Size } from "../../../preload/contract/geometry.ts";

export interface FilterTarget {
  readonly texture: WebGLTexture;
  readonly size: Size;
}

interface OwnTarget extends FilterTarget {
  readonly framebuffer: WebGLFramebuffer;
}

/** More are for pictures that are gone. */
const mostTargets = 12;

/** Textures that filters draw into, used again and again by their size. */
export class FilterTargets {
  readonly #gl: WebGL2RenderingContext;
  /** In the order of their last use. */
  #targets: OwnTarget[] = [];

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** One of just this size that is none of `inUse`; its pixels are of before. */
  take({ width, height }: Size, inUse: readonly FilterTarget[]): FilterTarget {
    const found = this.#targets.find(
      (target) =>
        target.size.width === width && target.size.height === height && !inUse.includes(target),
    );
    const target = found ?? this.#make({ width, height });
    this.#targets = [...this.#targets.filter((other) => other !== target), target];
    while (this.#targets.length > mostTargets) {
      const oldest = this.#targets.find((other) => other !== target && !inUse.includes(other));
      if (!oldest) break;
      this.#targets = this.#targets.filter((other) => other !== oldest);
      this.#gl.deleteFramebuffer(oldest.framebuffer);
      this.#gl.deleteTexture(oldest.texture);
    }
    return target;
  }

  drawInto(target: FilterTarget): void {
    const own = this.#targets.find((other) => other === target);
    if (!own) throw new Error("not a target of these");
    this.#gl.bindFramebuffer(this.#gl.FRAMEBUFFER, own.framebuffer);
  }

  #make(size: Size): OwnTarget {
    const gl = this.#gl;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    const { width, height } = size;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    return { texture, framebuffer, size };
  }
}
