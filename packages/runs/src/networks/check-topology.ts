interface LayerEntry {
  readonly name?: unknown;
  readonly class_name?: unknown;
  readonly config?: { readonly layers?: unknown };
  readonly inbound_nodes?: unknown;
}

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
  const waiting = entries.flatMap((entry) => {
    const nodes = Array.isArray(entry?.inbound_nodes) ? (entry.inbound_nodes as readonly unknown[]) : [];
    if (nodes.length === 0) called.set(entry?.name, 1);
    return nodes.map((node) => ({ name: entry?.name, sources: sourcesOf(node) }));
  });
  for (let before = Infinity; waiting.length > 0 && waiting.length < before;) {
    before = waiting.length;
    for (const node of waiting.splice(0)) {
      const isReady = node.sources.every(([name, call]) => (called.get(name) ?? 0) > Number(call));
      if (isReady) called.set(node.name, (called.get(node.name) ?? 0) + 1);
      else waiting.push(node);
    }
  }
  if (waiting.length === 0) return;
  const [{ name, sources }] = waiting;
  const missing = sources.find(([source, call]) => !((called.get(source) ?? 0) > Number(call)));
  throw new RangeError(
    `the layer ${String(name)} takes its input from ${String(missing?.[0])}, which is not there or waits for it`,
  );
}

/** The layers that one call of a layer takes its input from, and which call of each; what is no such pair is a layer that is not there. */
function sourcesOf(node: unknown): readonly (readonly unknown[])[] {
  if (!Array.isArray(node) || node.length === 0) return [[JSON.stringify(node), 0]];
  return node.map((source: unknown) =>
    Array.isArray(source) ? (source as readonly unknown[]) : [JSON.stringify(source), 0],
  );
}
