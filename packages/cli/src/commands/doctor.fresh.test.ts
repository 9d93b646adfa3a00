import type * as gradientsModule from '@dist-gan/gradients/doctor';
import { checkSecondOrderGradients, type GradientCheck } from '@dist-gan/gradients/doctor';
import { describe, expect, it, vi } from 'vitest';
import type * as inventoryModule from '../engine/inventory.js';
import { takeInventory } from '../engine/inventory.js';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

// The checks themselves take seconds and have tests of their own.
vi.mock('@dist-gan/gradients/doctor', async (original) => ({
  ...(await original<typeof gradientsModule>()),
  checkSecondOrderGradients: vi.fn(),
}));

vi.mock('../engine/inventory.js', async (original) => {
  const { takeInventory } = await original<typeof inventoryModule>();
  return { takeInventory: vi.fn(takeInventory) };
});

const right = { status: 'right', error: 1e-7 } as const;
const wrong = { status: 'wrong', error: 0.5 } as const;

function gradients(secondOrder: GradientCheck['secondOrder']): GradientCheck[] {
  const status = secondOrder.status;
  return [
    {
      operation: 'tanh',
      value: right,
      firstOrder: right,
      secondOrder,
      thirdOrder: right,
      maximumError: 0.5,
      status,
    },
  ];
}

async function doctor(checks: GradientCheck[], ...flags: string[]) {
  vi.mocked(checkSecondOrderGradients).mockResolvedValueOnce(checks);
  const terminal = recordedTerminal();
  const code = await main(['doctor', ...flags], terminal);
  return { code, ...terminal.written };
}

describe('dist-gan doctor', () => {
  it('is content with right gradients, and shows what is installed', async () => {
    const { code, stdout } = await doctor(gradients(right));
    expect(code).toBe(0);
    expect(checkSecondOrderGradients).toHaveBeenCalledWith({ stock: false });
    expect(stdout).toMatch(/^ONNX Runtime +\d+\.\d+\.\d+ +compiled, on the CPU, self-test right/m);
    expect(stdout).toMatch(/^wasm +4\.22\.0/m);
    expect(stdout).toMatch(/^Gradients as this package corrects them: all 1 operations are right/m);
    expect(stdout).not.toMatch(/^(tanh|BatchMatMul) /m);
  });

  it('lists every operation and every corrected kernel where that is wanted', async () => {
    const { stdout } = await doctor(gradients(right), '--verbose');
    expect(stdout).toMatch(/^tanh +right 1e-7 +right 1e-7 +right 1e-7/m);
    expect(stdout).toMatch(/^BatchMatMul +pairs matrices by position/m);
  });

  it('fails on a wrong gradient of ours, not on one of stock TensorFlow.js', async () => {
    expect((await doctor(gradients(wrong))).code).toBe(2);
    const stock = await doctor([...gradients(right), ...gradients(wrong)], '--stock');
    expect(stock.code).toBe(0);
    expect(stock.stdout).toMatch(/^Gradients of stock TensorFlow.js: 1 of 2 operations are right/m);
    expect(checkSecondOrderGradients).toHaveBeenLastCalledWith({ stock: true });
    expect(stock.stdout).toMatch(/^tanh +right 1e-7 +right 1e-7 +wrong 5e-1/m);
    expect(stock.stdout.match(/^tanh /gm)).toHaveLength(1);
  });

  it('fails where an engine computes wrong numbers, and not where one is missing', async () => {
    const onnx = {
      name: 'ONNX Runtime',
      note: '1.30.0 is wrong: loss 15 where 16 is right',
      wrong: true,
    } as const;
    vi.mocked(takeInventory).mockResolvedValueOnce([onnx]);
    const { code, stdout } = await doctor(gradients(right));
    expect(code).toBe(2);
    expect(stdout).toMatch(/^ONNX Runtime +wrong +1\.30\.0 is wrong/m);
    vi.mocked(takeInventory).mockResolvedValueOnce([{ name: 'TensorFlow', note: 'is not installed' }]);
    expect((await doctor(gradients(right))).code).toBe(0);
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await doctor(gradients(right), '--json');
    const report = JSON.parse(stdout) as {
      inventory: { name: string; version?: string }[];
      gradients: unknown;
    };
    expect(report.gradients).toEqual(gradients(right));
    expect(report.inventory.map(({ name }) => name)).toContain('tensorflow');
  });
});
