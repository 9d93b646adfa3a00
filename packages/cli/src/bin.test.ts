import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectTensorFlow } from '@dist-gan/compiler';
import { CheckpointStore, type RunResult } from '@dist-gan/runs';
import { succeeds } from '../../../tooling/test/succeeds.js';
import { serveProxy } from './testing/proxy-server.js';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-bin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const endless = [
  'train',
  'gaussian-grid',
  '--steps=1000000',
  '--backend=cpu',
  '--set=architecture.hiddenUnits=[8]',
  '--set=dataset.pointsPerMode=20',
  '--set=evaluation.samples=100',
  '--json',
  '--out=run',
];

/** Starts the program; `onLine` hears of its output, and may end it. */
function run(
  words: readonly string[],
  onLine: (line: string, child: ReturnType<typeof spawn>) => void = () => undefined,
  env = process.env,
) {
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += String(text)));
  child.stdout.on('data', (text) => onLine(String(text), child));
  return new Promise<{ code: number | null; signal: string | null; stderr: string }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stderr }));
  });
}

describe.skipIf(!existsSync(bin) || process.platform === 'win32')('dist-gan as a process', () => {
  it.each(['--version', '--help', 'help', 'complete -- tr'])('loads no tensor library for %s', (words) => {
    const list =
      'process.on("exit", () => console.error(Object.keys(process.getBuiltinModule("module")._cache).join("\\n")))';
    const hook = `--import=data:text/javascript,${encodeURIComponent(list)}`;
    const loaded = (...rest: string[]) =>
      spawnSync(process.execPath, [hook, bin, ...rest], { encoding: 'utf8' }).stderr;
    expect(loaded(...words.split(' '))).not.toContain('tfjs');
    if (words === '--version') expect(loaded('train', '--help')).toContain('tfjs-core');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('writes results and ends as programs do at %s', { timeout: 60_000 }, async (signal, code) => {
    let sent = false;
    const ended = await run(endless, (line, child) => {
      if (sent || !line.includes('"event":"step"')) return;
      sent = true;
      child.kill(signal);
    });
    expect(ended).toMatchObject({ code, signal: null });
    expect(ended.stderr).toMatch(/^stopping after this step and writing results/m);
    expectResults();
  });

  it('writes a checkpoint to its end that SIGTERM finds half written', { timeout: 60_000 }, async () => {
    const checkpoints = join(folder, 'run', 'checkpoints');
    const isWriting = () =>
      existsSync(checkpoints) && readdirSync(checkpoints).some((name) => name.endsWith('.tmp'));
    // Compiled, of few operations, and of a size that takes a while to write.
    const large = endless
      .filter((word) => word !== '--backend=cpu')
      .map((word) => word.replace('hiddenUnits=[8]', 'hiddenUnits=[250,250]'))
      .map((word) => word.replace(/^gaussian-grid$/, 'gaussian-grid-gan'));
    let watch: NodeJS.Timeout | undefined;
    let caught = false;
    const ended = await run(
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
    const ended = await run(words, (line, child) => {
      if (line.includes('"event":"step"')) child.stdout?.destroy();
    });
    expect(ended).toMatchObject({ code: 141, signal: null });
    expect(ended.stderr).toMatch(/^nobody reads the output any more/m);
    expectResults();
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

  // ONNX Runtime is silent by itself where a variable says that it runs in a test: there must be none.
  // Whoever names a target is not told, once, of a faster engine.
  const bare = () => ({ PATH: process.env.PATH ?? '', HOME: join(folder, 'home'), DIST_GAN_TARGET: 'onnx' });
  const training = [
    ...['train', 'gaussian-grid-gan', '--steps=2', '--set=evaluation.samples=100'],
    '--set=architecture.hiddenUnits=[8]',
  ];

  it.each([
    ['training', training],
    ['the doctor', ['doctor']],
  ])('keeps nothing in the home of %s, and talks to nobody', { timeout: 240_000 }, (_, words) =>
    expectSilence(words, bare()),
  );

  it.skipIf(!succeeds(inspectTensorFlow))(
    'keeps nothing in the home of training on TensorFlow, and talks to nobody',
    { timeout: 240_000 },
    () => {
      // TensorFlow is found in the cache folder, which an empty home would hide.
      const cache =
        process.env.DIST_GAN_CACHE ??
        join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'dist-gan');
      expectSilence([...training, '--target=tensorflow'], { ...bare(), DIST_GAN_CACHE: cache });
    },
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
        run(['fetch', 'mnist', '--from', `https://${name}:${port}/`], undefined, {
          ...bare(),
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

  function expectSilence(words: readonly string[], env: NodeJS.ProcessEnv) {
    mkdirSync(join(folder, 'home'));
    const traced = spawnSync('strace', ['-V']).status === 0;
    const trace = join(folder, 'trace');
    const strace = ['strace', '-f', '-o', trace, '-e', 'trace=connect,sendto,sendmsg'];
    const [file, ...rest] = [...(traced ? strace : []), process.execPath, bin, ...words];
    const { status, stderr } = spawnSync(file, rest, { cwd: folder, env, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(readdirSync(join(folder, 'home'), { recursive: true })).toEqual([]);
    if (traced) expect(readFileSync(trace, 'utf8')).not.toMatch(/AF_INET/);
  }

  function expectResults() {
    const result = JSON.parse(readFileSync(join(folder, 'run/result.json'), 'utf8')) as RunResult;
    expect(result.steps).toBeGreaterThan(0);
    expect(result.metrics.map(({ id }) => id)).toContain('modes-covered');
    expect(readFileSync(join(folder, 'run/report.html'), 'utf8')).toContain('"state":"stopped"');
  }
});
