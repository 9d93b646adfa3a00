/** Whether this is Node, or what passes for it: it has files and packages, and a page has not. */
export function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}
