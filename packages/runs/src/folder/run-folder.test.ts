import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitCommit } from '../record/environment.js';
import { RunFolder } from './run-folder.js';
import { checkRunPlace, resumeCommand } from './run-place.js';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dist-gan-run-'));
});
afterEach(() => rmSync(base, { recursive: true }));

describe('RunFolder', () => {
  it('takes the next number when the default folder is taken', () => {
    const place = { path: join(base, 'runs', 'grid-seed0'), numbered: true };
    for (const expected of ['grid-seed0', 'grid-seed0-2', 'grid-seed0-3']) {
      checkRunPlace(place);
      const folder = RunFolder.create(place);
      folder.writeReport('<html></html>');
      expect(folder.path).toBe(join(base, 'runs', expected));
    }
  });

  it('writes whole files and leaves no temporary ones', () => {
    const folder = RunFolder.create({ path: join(base, 'run'), numbered: false });
    folder.writeReport('first');
    folder.writeReport('second');
    folder.log({ event: 'failure', step: 1, message: 'a', seconds: 0 });
    folder.log({ event: 'failure', step: 2, message: 'b', seconds: 0 });
    expect(folder.writePicture('samples', 1500, new Uint8Array([1]))).toBe('samples/step-0001500.png');
    expect(readdirSync(folder.path).sort()).toEqual(['metrics.jsonl', 'report.html', 'samples']);
    expect(readFileSync(join(folder.path, 'report.html'), 'utf8')).toBe('second');
    const lines = readFileSync(join(folder.path, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { step: number }).step)).toEqual([1, 2]);
  });

  it('takes an empty folder that is named, never a used one', () => {
    const path = join(base, 'named');
    mkdirSync(path);
    const place = { path, numbered: false };
    RunFolder.create(place).writeReport('');
    expect(() => checkRunPlace(place)).toThrow(/exists and is not an empty folder/);
    expect(() => RunFolder.create(place)).toThrow(/exists and is not an empty folder/);
  });

  it('says how to go on with a run that is there', () => {
    const path = join(base, 'of mine');
    RunFolder.create({ path, numbered: false });
    writeFileSync(join(path, 'run.json'), '{}');
    expect(() => checkRunPlace({ path, numbered: false })).toThrow(
      `${path} holds a run; to go on with it: dist-gan resume "${path}"; for a new one choose another folder`,
    );
  });

  it('says it so that a shell takes the folder for what it is', () => {
    expect(resumeCommand('runs/$HOME')).toBe("dist-gan resume 'runs/$HOME'");
    expect(resumeCommand('runs\\grid')).toBe('dist-gan resume "runs\\grid"');
  });

  it('says which checkpoint is intact when a file cannot be written', () => {
    const folder = RunFolder.create({ path: join(base, 'run'), numbered: false });
    mkdirSync(join(folder.path, 'report.html'));
    expect(() => folder.writeReport('')).toThrow(/cannot be written .*choose another folder$/);
    mkdirSync(folder.checkpoints);
    writeFileSync(join(folder.checkpoints, 'step-0000007.safetensors'), '');
    expect(() => folder.writeReport('')).toThrow(
      `step-0000007.safetensors is intact: when it can be written again, go on with dist-gan resume ${folder.path}`,
    );
    expect(readdirSync(folder.path).sort()).toEqual(['checkpoints', 'report.html']);
  });

  it('finds out beforehand that a folder cannot be made below a file, and makes nothing', () => {
    const file = join(base, 'file');
    writeFileSync(file, '');
    const place = { path: join(file, 'runs', 'run'), numbered: false };
    expect(() => checkRunPlace(place)).toThrow(/cannot be written .*choose another folder/);
    expect(() => RunFolder.create(place)).toThrow(/cannot be written .*choose another folder/);
    const later = { path: join(base, 'a', 'b'), numbered: false };
    checkRunPlace(later);
    expect(existsSync(join(base, 'a'))).toBe(false);
  });
});

describe('gitCommit', () => {
  it('is null outside of a repository', () => {
    expect(gitCommit(base)).toBeNull();
    expect(gitCommit(join(base, 'none'))).toBeNull();
  });
});
