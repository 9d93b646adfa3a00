import type { Onnx } from './elementwise.js';

/** log(1 + x), right to the last digits near 0: with u = 1 + x rounded, log(u) (x / (u - 1)). */
export const log1p: Onnx = {
  expand: (graph, { inputs: [x] }) => {
    const one = graph.fill(1);
    const u = graph.apply('Add', [x, one]);
    const exact = graph.apply('Equal', [u, one]);
    const difference = graph.apply('Select', [exact, one, graph.apply('Sub', [u, one])]);
    const product = graph.apply('Multiply', [
      graph.apply('Log', [u]),
      graph.apply('RealDiv', [x, difference]),
    ]);
    const infinite = graph.apply('Equal', [u, graph.fill(Infinity)]);
    return graph.apply('Select', [exact, x, graph.apply('Select', [infinite, u, product])]);
  },
};

/** exp(x) - 1, right near 0: tanh(x / 2) (exp(x) + 1). */
export const expm1: Onnx = {
  expand: (graph, { inputs: [x] }) => {
    const half = graph.apply('Tanh', [graph.apply('Multiply', [x, graph.fill(0.5)])]);
    return graph.apply('Multiply', [half, graph.apply('Add', [graph.apply('Exp', [x]), graph.fill(1)])]);
  },
};
