/** What is wrong with a version of Node; undefined where it can run this program. */
export function tooOldNode(version: string, hasBuiltins: boolean): string | undefined {
  const [major, minor] = version.split('.').map(Number);
  if (hasBuiltins && (major > 20 || (major === 20 && minor >= 19))) return undefined;
  return `this is Node ${version}, which is too old for dist-gan; use Node 20.19 or newer`;
}
