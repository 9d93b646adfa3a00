import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formulaOf } from '../../docs/.vitepress/formulas.mjs';

interface Formula {
  tex?: string;
  rows?: { label: string; cells: { text?: string; tex?: string }[][] }[];
}

const formula = formulaOf as (block: string) => Formula;
/** TeX without what only spaces it. */
const tex = (block: string): string => formula(block).tex!.replace(/\s+/g, '').replaceAll('\\,', '');

describe('formulas of docstrings', () => {
  it.each([
    ['1/2 mean (D(x) - 1)^2', String.raw`\tfrac{1}{2}\operatorname*{mean}(D(x)-1)^{2}`],
    ['s(a, b) / s(c, d)', String.raw`\frac{s(a,b)}{s(c,d)}`],
    ['(a + b) / (c - d)', String.raw`\frac{a+b}{c-d}`],
    ['a / 2 s^2', String.raw`\frac{a}{2s^{2}}`],
    ['gamma / 2 (R1 + R2)', String.raw`\frac{\gamma}{2}(R_{1}+R_{2})`],
    ['d sum(D(x)) / dx', String.raw`\frac{d\sum(D(x))}{dx}`],
    ['sum over i != j of cos(s_i, s_j)^2', String.raw`\sum_{i\nej}\cos(s_{i},s_{j})^{2}`],
    ['p_ij = (p_i|j + p_j|i) / 2n', String.raw`p_{ij}=\frac{p_{i|j}+p_{j|i}}{2n}`],
    ['sum_i w_i |v_i . u_i|', String.raw`\sum_{i}w_{i}\left|v_{i}\cdotu_{i}\right|`],
    ['max_i (<x, y_i> + h_i)', String.raw`\max_{i}(\langlex,y_{i}\rangle+h_{i})`],
    ['KL(P || Q)', String.raw`\operatorname{KL}(P\VertQ)`],
    ['m <- m + (1 - beta1) * g', String.raw`m\leftarrowm+(1-\beta_{1})\cdotg`],
    ['b^(-beta - 1) u^-beta', String.raw`b^{-\beta-1}u^{-\beta}`],
    ['sqrt(x + epsilon) floor(x)', String.raw`\sqrt{x+\epsilon}\lfloorx\rfloor`],
    ['fakeWeight a_fake', String.raw`\mathit{fakeWeight}a_{\text{fake}}`],
    [
      'exp(mean over x of KL(p(y|x) || p(y)))',
      String.raw`\exp(\operatorname*{mean}_{x}\operatorname{KL}(p(y\midx)\Vertp(y)))`,
    ],
    ['|m1|^2 / d + 1e-8', String.raw`\frac{\left|m_{1}\right|^{2}}{d}+10^{-8}`],
    ['u of U[0, 1)', String.raw`u\text{of}U[0,1)`],
  ])('%s', (written, expected) => {
    expect(tex(`    ${written}\n`)).toBe(expected);
  });

  it('stand side by side, and below each other', () => {
    expect(tex('    a = b        b = c\n    c = d\n')).toBe(
      String.raw`\begin{aligned}&a=b\qquadb=c\\&c=d\end{aligned}`,
    );
  });

  it('are a table where each line says what it is of; a line may go on', () => {
    const { rows } = formula(
      '    generator  the codes of D(x), and, so on\n    k          a + b\n               - c\n',
    );
    expect(rows!.map(({ label }) => label)).toEqual(['generator', 'k']);
    expect(rows![0].cells).toEqual([
      [{ text: 'the codes of' }, { tex: String.raw`\displaystyle D(x) ,` }, { text: 'and, so on' }],
    ]);
    const parts = rows![1].cells.flat().map(({ tex: part }) => part!.replace(/\\displaystyle |\s/g, ''));
    expect(parts).toEqual(['a', '+b', '-c']);
  });

  it('that are not whole are an error', () => {
    expect(() => formula('    mean (D(x)\n')).toThrow('( is not closed');
    expect(() => formula('    |a - b\n')).toThrow('| is missing');
  });

  it('can all be read', () => {
    const root = new URL('../../packages/', import.meta.url);
    const files = readdirSync(root).flatMap((name) =>
      readdirSync(new URL(`${name}/src`, root), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => new URL(`${name}/src/${file}`, root)),
    );
    const blocks = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^ *\/\*\*[\s\S]*?\*\//gm)]
        .map(([comment]) => comment.replace(/^ *\/?\*+\/? ?/gm, '').replace(/```[\s\S]*?```/g, ''))
        .flatMap((comment) => [...comment.matchAll(/(?:^|\n)\n((?: {4}.+\n)+)/g)].map(([, block]) => block)),
    );
    expect(blocks.length).toBeGreaterThan(50);
    for (const block of blocks) {
      const { tex: whole, rows } = formula(block);
      const parts = rows?.flatMap(({ cells }) => cells.flat().map((part) => part.tex ?? '')) ?? [whole!];
      for (const part of parts) {
        const depth = [...part.replace(/\\[{}]/g, '')].reduce(
          (open, character) => open + Number(character === '{') - Number(character === '}'),
          0,
        );
        expect([part, depth]).toEqual([part, 0]);
        expect(part).not.toContain('undefined');
      }
    }
  });
});
