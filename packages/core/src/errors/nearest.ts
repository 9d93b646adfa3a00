/** Levenshtein distance between two short words. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(substitution, previous[j] + 1, current[j - 1] + 1);
    }
    previous = current;
  }
  return previous[b.length];
}

/** The known words that a mistyped one may have meant: nearest first, at most three, possibly none. */
export function nearest(word: string, known: readonly string[]): string[] {
  const lower = word.toLowerCase();
  return known
    .map((candidate) => {
      const other = candidate.toLowerCase();
      const contains = lower.length >= 3 && (other.includes(lower) || lower.includes(other));
      return { candidate, distance: contains ? 1 : editDistance(lower, other) };
    })
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(word.length / 3)))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
