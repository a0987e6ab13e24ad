const compile = (gl: WebGL2RenderingContext, type: number, source: string): WebGLShader => {
  const shader = gl.createShader(type);
  if (!shader) throw new Error("WebGL2 makes no shader");
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
};

/** A linked program and where its uniforms are. */
export class ShaderProgram {
  readonly #gl: WebGL2RenderingContext;
  readonly #program: WebGLProgram;
  readonly #locations = new Map<string, WebGLUniformLocation | null>();

  /** @throws with the compiler's words, or where the context is lost */
  constructor(gl: WebGL2RenderingContext, vertex: string, fragment: string) {
    this.#gl = gl;
    this.#program = gl.createProgram();
    const shaders = [
      compile(gl, gl.VERTEX_SHADER, vertex),
      compile(gl, gl.FRAGMENT_SHADER, fragment),
    ];
    for (const shader of shaders) gl.attachShader(this.#program, shader);
    gl.linkProgram(this.#program);
    if (!gl.getProgramParameter(this.#program, gl.LINK_STATUS)) {
      const words = shaders.map((shader) => gl.getShaderInfoLog(shader) ?? "");
      throw new Error(
        `a shader does not link: ${gl.getProgramInfoLog(this.#program) ?? ""} ${words.join(" ")}`,
      );
    }
    for (const shader of shaders) gl.deleteShader(shader);
  }

  use(): void {
    this.#gl.useProgram(this.#program);
  }

  /** Null, which WebGL ignores, where the compiler has left the uniform out. */
  at(uniform: string): WebGLUniformLocation | null {
    let location = this.#locations.get(uniform);
    if (location === undefined) {
      location = this.#gl.getUniformLocation(this.#program, uniform);
      this.#locations.set(uniform, location);
    }
    return location;
  }
}
