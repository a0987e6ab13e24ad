/** AssemblyScript, compiled by the build: the address of the WebAssembly module. */
declare module "*?asc" {
  const url: string;
  export default url;
}
