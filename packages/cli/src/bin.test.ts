import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectTensorFlow } from '@dist-gan/compiler';
import { CheckpointStore, type RunResult } from '@dist-gan/runs';
import { succeeds } from '../../../tooling/test/succeeds.js';
import {
  bareEnvironment,
  bin,
  canRun,
  endless,
  expectEndAt,
  expectResults,
  expectSilence,
  runProgram,
  short,
} from '../test/program.js';
import { serveProxy } from '../test/proxy-server.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-bin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(!canRun)('dist-gan as a process', () => {
  it.each(['--version', '--help', 'help', 'complete -- tr'])('loads no tensor library for %s', (words) => {
    const list =
      'process.on("exit", () => console.error(Object.keys(process.getBuiltinModule("module")._cache).join("\\n")))';
    const hook = `--import=data:text/javascript,${encodeURIComponent(list)}`;
    const loaded = (...rest: string[]) =>
      spawnSync(process.execPath, [hook, bin, ...rest], { encoding: 'utf8' }).stderr;
    expect(loaded(...words.split(' '))).not.toContain('tfjs');
    if (words === '--version') expect(loaded('train', '--help')).toContain('tfjs-core');
  });

  it('writes results and ends as programs do at SIGINT', { timeout: 60_000 }, () =>
    expectEndAt(folder, 'SIGINT', 130),
  );

  it('writes a checkpoint to its end that SIGTERM finds half written', { timeout: 60_000 }, async () => {
    const checkpoints = join(folder, 'run', 'checkpoints');
    const isWriting = () =>
      existsSync(checkpoints) && readdirSync(checkpoints).some((name) => name.endsWith('.tmp'));
    // Compiled, of few operations, and of a size that takes a while to write.
    const large = endless
      .filter((word) => word !== '--backend=cpu')
      .map((word) => word.replace('hiddenUnits=[8]', 'hiddenUnits=[250,250]'));
    let watch: NodeJS.Timeout | undefined;
    let caught = false;
    const ended = await runProgram(
      folder,
      [...large, '--set=batchSize=8', '--checkpoint-steps=1', '--keep=5'],
      (_, child) => {
        watch ??= setInterval(() => {
          if (caught || !isWriting()) return;
          caught = true;
          child.kill('SIGTERM');
        });
      },
    );
    clearInterval(watch);
    expect(caught).toBe(true);
    expect(ended).toMatchObject({ code: 143, signal: null });
    const store = new CheckpointStore(checkpoints);
    const names = readdirSync(checkpoints);
    for (const name of names) expect(() => store.read(name)).not.toThrow();
    expect(store.newest().step).toBe(
      (JSON.parse(readFileSync(join(folder, 'run/result.json'), 'utf8')) as RunResult).steps,
    );
  });

  it('does so when its reader goes', { timeout: 60_000 }, async () => {
    // A run of so few steps writes a line for each.
    const words = endless.map((word) => word.replace('1000000', '2000'));
    const ended = await runProgram(folder, words, (line, child) => {
      if (line.includes('"event":"step"')) child.stdout?.destroy();
    });
    expect(ended).toMatchObject({ code: 141, signal: null });
    expect(ended.stderr).toMatch(/^nobody reads the output any more/m);
    expectResults(folder);
  });

  it('is silent when the reader of a list has seen enough', { timeout: 60_000 }, async () => {
    const child = spawn('sh', ['-c', `"$0" "$1" presets --json | head -c 1; exit 0`, process.execPath, bin], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += String(text)));
    await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toBe('');
  });

  it.each(['train gaussian-grid --steps=1', 'evaluate a --against b', 'show run', 'watch'])(
    'says that the folder it was started in is gone: %s',
    (words) => {
      const gone = join(folder, 'gone');
      mkdirSync(gone);
      const { status, stderr } = spawnSync(
        'sh',
        ['-c', `cd "$0" && rmdir "$0" && exec "$@"`, gone, process.execPath, bin, ...words.split(' ')],
        { encoding: 'utf8' },
      );
      expect(stderr).toMatch(/^error: the folder that this was started in is gone/);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(status).toBe(2);
    },
  );

  // As a process of its own: in tests everything that could be missing is loaded beforehand.
  it.skipIf(!succeeds(inspectTensorFlow))('tries the TensorFlow that is there', { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'setup', 'tensorflow'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('self-test right');
  });

  it('keeps nothing in the home of training, and talks to nobody', { timeout: 240_000 }, () =>
    expectSilence(folder, short),
  );

  // As a process of its own: Node reads NODE_EXTRA_CA_CERTS when it starts.
  it.skipIf(!succeeds(() => execFileSync('openssl', ['version'])))(
    'fetches from a server with a certificate of its own, through the tunnel of a proxy',
    { timeout: 120_000 },
    async () => {
      const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name));
      const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
      const host = ['-subj', '/CN=data.invalid', '-addext', 'subjectAltName=DNS:data.invalid,IP:127.0.0.1'];
      const files = ['-keyout', key, '-out', certificate];
      execFileSync('openssl', ['req', '-x509', '-days', '2', ...curve, ...host, ...files], {
        stdio: 'ignore',
      });
      const asked: string[] = [];
      const server = createServer(
        { key: readFileSync(key), cert: readFileSync(certificate) },
        (request, response) => {
          asked.push(request.url ?? '');
          response.end('no digits');
        },
      );
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const proxy = await serveProxy();
      const { port } = server.address() as AddressInfo;
      const fetch = (environment: NodeJS.ProcessEnv, name = 'data.invalid') =>
        runProgram(folder, ['fetch', 'mnist', '--from', `https://${name}:${port}/`], undefined, {
          ...bareEnvironment(folder),
          DIST_GAN_DATA: join(folder, `data of ${name}`),
          HTTPS_PROXY: proxy.address,
          ...environment,
        });
      try {
        const trusting = await fetch({ NODE_EXTRA_CA_CERTS: certificate });
        expect(trusting.stderr).toMatch(/gave another file than the published one \(MD5 07c0bf8a/);
        expect(proxy.asked).toEqual([`CONNECT data.invalid:${port}`]);
        expect(asked).toEqual(['/train-images-idx3-ubyte.gz']);

        const doubting = await fetch({});
        expect(doubting.stderr).toMatch(/self-signed certificate.*NODE_EXTRA_CA_CERTS/);
        expect(asked.length).toBe(1);

        proxy.asked.length = 0;
        const direct = await fetch({ NO_PROXY: '127.0.0.1', NODE_EXTRA_CA_CERTS: certificate }, '127.0.0.1');
        expect(direct.stderr).toMatch(/gave another file than the published one/);
        expect(proxy.asked).toEqual([]);
        expect(asked.length).toBe(2);
      } finally {
        await proxy.close();
        server.close();
        server.closeAllConnections();
      }
    },
  );
});
