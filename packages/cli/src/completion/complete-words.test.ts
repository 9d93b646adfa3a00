import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { commands } from '../commands/index.js';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

// Commands are loaded when they are asked for, which from source takes a busy machine a while.
beforeAll(async () => {
  await Promise.all(commands.map((entry) => entry.load()));
}, 300_000);
afterEach(() => void vi.restoreAllMocks());

/** What a shell is offered: values, without what they mean and without the directive at the end. */
async function offered(...words: string[]): Promise<string[]> {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  expect(await main(['complete', '--', ...words], recordedTerminal())).toBe(0);
  return lines.filter((line) => !line.startsWith(':')).map((line) => line.split('\t')[0]);
}

describe('completion', () => {
  it('offers commands, flags and the values of flags', async () => {
    expect(await offered('tra')).toEqual(['train', 'train-classifier']);
    expect(await offered('train', 'gaussian-grid', '--se')).toEqual(['--seed', '--set']);
    expect(await offered('train', '--target', '')).toEqual(['onnx', 'tensorflow']);
    expect(await offered('evaluate', 'samples', '--protocol', 'clean')).toEqual(['clean-fid']);
  });

  it('offers presets and data sets', async () => {
    const presets = await offered('train', 'gaussian-g');
    expect(presets).toEqual(expect.arrayContaining(['gaussian-grid', 'gaussian-grid-paper']));
    expect(presets.every((id) => id.startsWith('gaussian-g'))).toBe(true);
    expect(await offered('evaluate', 'samples', '--against', 'mnist')).toContain('mnist');
    expect(await offered('fetch', 'cifar')).toContain('cifar10');
  });

  it('offers the keys of --set that the preset and its items have', async () => {
    const keys = await offered('train', 'gaussian-grid', '--set', '');
    expect(keys).toEqual(
      expect.arrayContaining(['batchSize=', 'latents.dimension=', 'method.id=', 'architecture.hiddenUnits=']),
    );
    expect(await offered('train', 'gaussian-grid', '--set', 'method.recon')).toContain(
      'method.reconstructedLabel=',
    );
  });

  it.each(['bash', 'zsh', 'fish'])('prints a script for %s', async (shell) => {
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    expect(await main(['complete', shell], recordedTerminal())).toBe(0);
    expect(lines.join('\n')).toContain('dist-gan complete --');
  });

  it('names the shells that it knows', async () => {
    const terminal = recordedTerminal();
    expect(await main(['complete', 'bsh'], terminal)).toBe(2);
    expect(terminal.written.stderr).toMatch(/unknown shell "bsh"; did you mean bash/);
  });
});
