interface LayerEntry {
  readonly name?: unknown;
  readonly config?: { readonly layers?: unknown };
  readonly inbound_nodes?: unknown;
}

/** A layer, and which call of it, that a call of another takes its input from. */
type Source = readonly unknown[];

/**
 * Refuses a topology some of whose layers can never get their input: TensorFlow.js would look for them without end.
 *
 * @param topology what `model.json` holds of the layers; a network within it is checked, too
 * @throws RangeError a layer takes its input from one that is not there, from a call of it that there is not, or from itself
 */
export function checkTopology(topology: unknown): void {
  const layers = (topology as LayerEntry | null)?.config?.layers;
  if (!Array.isArray(layers)) return;
  const entries = layers as readonly (LayerEntry | null)[];
  for (const entry of entries) checkTopology(entry);
  /** By layer: the calls whose input is known. */
  const called = new Map<unknown, number>();
  const isKnown = ([source, call]: Source) => (called.get(source) ?? 0) > Number(call);
  const waiting = entries.flatMap((entry) => {
    const nodes = Array.isArray(entry?.inbound_nodes) ? (entry.inbound_nodes as readonly unknown[]) : [];
    if (nodes.length === 0) called.set(entry?.name, 1);
    return nodes.map((node) => ({ name: entry?.name, sources: sourcesOf(node) }));
  });
  for (let before = Infinity; waiting.length > 0 && waiting.length < before;) {
    before = waiting.length;
    for (const node of waiting.splice(0)) {
      if (node.sources.every(isKnown)) called.set(node.name, (called.get(node.name) ?? 0) + 1);
      else waiting.push(node);
    }
  }
  if (waiting.length === 0) return;
  const [{ name, sources }] = waiting;
  const missing = sources.find((source) => !isKnown(source));
  throw new RangeError(
    `the layer ${String(name)} takes its input from ${String(missing?.[0])}, which is not there or waits for it`,
  );
}

/** Where a call of a layer takes its input from; what names no layer is one that is not there. */
function sourcesOf(node: unknown): readonly Source[] {
  if (!Array.isArray(node) || node.length === 0) return [[JSON.stringify(node), 0]];
  return node.map((source: unknown) =>
    Array.isArray(source) ? (source as Source) : [JSON.stringify(source), 0],
  );
}
