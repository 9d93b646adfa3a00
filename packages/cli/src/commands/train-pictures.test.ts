import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import type { RunRecord } from '@dist-gan/runs';
import { main } from '../main.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

it("trains on a folder of a user's own pictures", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dist-gan-pictures-'));
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  for (const grey of [10, 90, 200]) {
    const png = new PNG({ width: 40, height: 50 });
    png.data.fill(grey);
    writeFileSync(join(pictures, `${grey}.png`), PNG.sync.write(png));
  }
  const terminal = recordedTerminal({ workingDirectory: folder });
  const tiny = ['--steps=1', '--set=architecture.width=1', '--set=batchSize=4'];
  const code = await main(['train', 'image-folder', '--data=pictures', '--out=run', ...tiny], terminal);
  expect(terminal.written.stderr).toBe('');
  expect(code).toBe(0);
  const record = JSON.parse(readFileSync(join(folder, 'run/run.json'), 'utf8')) as RunRecord;
  expect(record.options.dataset).toMatchObject({ id: 'image-folder', folder: pictures, size: 32 });
  for (const kind of ['samples', 'reconstructions', 'interpolation']) {
    expect(existsSync(join(folder, 'run', kind, 'step-0000001.png'))).toBe(true);
  }
  rmSync(folder, { recursive: true });
});
