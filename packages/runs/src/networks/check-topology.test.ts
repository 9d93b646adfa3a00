import { describe, expect, it } from 'vitest';
import { checkTopology } from './check-topology.js';

const layer = (name: string, ...nodes: (readonly [string, number][])[]) => ({
  name,
  class_name: 'Dense',
  config: {},
  inbound_nodes: nodes.map((sources) => sources.map(([from, call]) => [from, call, 0, {}])),
});
const model = (...layers: unknown[]) => ({ class_name: 'Model', config: { layers } });

describe('checkTopology', () => {
  it('lets networks pass whose layers all get their input, in any order, called more than once', () => {
    const shared = layer('shared', [['input', 0]], [['other', 0]]);
    const last = layer('last', [
      ['shared', 0],
      ['shared', 1],
    ]);
    checkTopology(model(last, shared, layer('other', [['input', 0]]), layer('input')));
    checkTopology({ class_name: 'Sequential', config: { layers: [layer('a'), layer('b')] } });
    checkTopology(null);
  });

  it('refuses a layer that is not there, a call that there is not, and a circle', () => {
    expect(() => checkTopology(model(layer('input'), layer('a', [['gone', 0]])))).toThrow(
      'the layer a takes its input from gone, which is not there or waits for it',
    );
    expect(() => checkTopology(model(layer('input'), layer('a', [['input', 1]])))).toThrow('from input');
    expect(() => checkTopology(model(layer('a', [['b', 0]]), layer('b', [['a', 0]])))).toThrow(
      'waits for it',
    );
    const damaged = { name: 'a', class_name: 'Dense', config: {}, inbound_nodes: [[{ id: 5 }]] };
    expect(() => checkTopology(model(layer('input'), damaged))).toThrow('from {"id":5}');
    expect(() => checkTopology(model(layer('input'), layer('a', [])))).toThrow('from []');
    expect(() => checkTopology(model(layer('in'), model(layer('a', [['a', 0]]))))).toThrow('from a');
  });
});
