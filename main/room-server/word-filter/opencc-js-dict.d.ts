/** The package ships types for its converters only. */
declare module "opencc-js/dict/TSCharacters" {
  /** `傳 传|乾 干|…`: a traditional character and its simplified forms, pairs divided by bars. */
  const pairs: string;
  export default pairs;
}
