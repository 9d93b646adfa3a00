import { add, divide, multiply, subtract } from './arithmetic.js';
import { equal } from './comparison.js';
import { floats, unary } from './elementwise.js';
import { select } from './select.js';
import { exp, log, tanh } from './unary.js';

/** log(1 + x), right to the last digits near 0: with u = 1 + x rounded, log(u) (x / (u - 1)). */
export const log1p = unary('Log1p', floats, Math.log1p, {
  expand: (graph, { inputs: [x] }) => {
    const one = graph.fill(1);
    const u = add(graph, x, one);
    const exact = equal(graph, u, one);
    const difference = select(graph, exact, one, subtract(graph, u, one));
    const product = multiply(graph, log(graph, u), divide(graph, x, difference));
    const infinite = equal(graph, u, graph.fill(Infinity));
    return select(graph, exact, x, select(graph, infinite, u, product));
  },
});

/** exp(x) - 1, right near 0: tanh(x / 2) (exp(x) + 1). */
export const expm1 = unary('Expm1', floats, Math.expm1, {
  expand: (graph, { inputs: [x] }) => {
    const half = tanh(graph, multiply(graph, x, graph.fill(0.5)));
    return multiply(graph, half, add(graph, exp(graph, x), graph.fill(1)));
  },
});
