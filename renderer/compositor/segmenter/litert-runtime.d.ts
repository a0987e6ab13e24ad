/** The glue that comes with LiteRT's WebAssembly: one function that makes an instance, a CommonJS module. */
declare module "@litertjs/core/wasm/litert_wasm_internal.js" {
  const ModuleFactory: unknown;
  export default ModuleFactory;
}
