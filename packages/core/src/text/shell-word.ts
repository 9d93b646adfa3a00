const plain = /^[\w./:@%+,-][\w./:=@%+,-]*$/;
/** A path on a drive, or of another machine. */
const ofWindows = /^(?:[a-z]:\\|\\\\)/i;
/** What a shell takes for something else between double quotes. A backslash that is alone it leaves, and so does that of Windows. */
const special = /["$`!]|\\\\|\\$/;

/**
 * A word as a shell takes it for itself: that of Windows for its own paths, which no quote can be in.
 *
 * @example
 * shellWord('my runs/grid'); // "my runs/grid"
 * shellWord('$5'); // '$5'
 */
export function shellWord(word: string): string {
  if (plain.test(word)) return word;
  if (ofWindows.test(word) || !special.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
