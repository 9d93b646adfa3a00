import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary, RunView } from '../view/index.js';
import { watchRuns, type RunWatch } from './index.js';

const record = {
  preset: 'tiny',
  seed: 3,
  options: { steps: 20, latents: { dimension: 2, distribution: 'uniform' } },
  samples: { shape: [2], range: [0, 1] },
  startedAt: '2026-01-02T03:04:05.000Z',
};

let folder = '';
let watched: RunWatch;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-watch-'));
  const run = join(folder, 'runs', 'a run & <b>');
  mkdirSync(join(run, 'samples'), { recursive: true });
  writeFileSync(join(run, 'run.json'), JSON.stringify(record));
  writeFileSync(
    join(run, 'metrics.jsonl'),
    '{"event":"step","step":10,"losses":{"generator/total":2.5},"learningRates":{},"measurements":{"gradient-norm/generator":0.5},"seconds":1,"memoryBytes":1}\n' +
      '{"event":"evaluation","step":10,"seconds":1,"memoryBytes":1,"measurements":{"weight-norm/generator":3},"metrics":[{"id":"kl","value":"Infinity","protocol":{},"samples":{},"warnings":[]}]}\n',
  );
  writeFileSync(join(run, 'samples', 'step-0000010.png'), 'png');
  writeFileSync(join(run, 'samples', 'step-0000020.png'), 'of a step that is not there any more');
  writeFileSync(join(folder, 'secret.png'), 'secret');
  mkdirSync(join(folder, 'runs', 'damaged'));
  writeFileSync(join(folder, 'runs', 'damaged', 'run.json'), '{');
  watched = await watchRuns({ folder: join(folder, 'runs') });
});
afterAll(async () => {
  await watched.close();
  rmSync(folder, { recursive: true });
});

interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** As it is: `fetch` would tidy the path, and choose the Host. */
function ask(path: string, { method = 'GET', headers = {} } = {}): Promise<Response> {
  const { hostname, port } = new URL(watched.address);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    asked.on('error', reject).end();
  });
}

const token = () => new URL(watched.address).pathname;

describe('watchRuns', () => {
  it('gives page, list, run and samples below the token', async () => {
    expect((await ask(token())).text).toContain('<script type="module" src="viewer.js">');
    expect((await ask(`${token()}viewer.js`)).headers['content-type']).toBe('text/javascript; charset=utf-8');
    const runs = JSON.parse((await ask(`${token()}runs`)).text) as RunSummary[];
    expect(runs.map(({ name, state, step }) => ({ name, state, step }))).toEqual(
      expect.arrayContaining([
        { name: 'a run & <b>', state: 'crashed', step: 10 },
        { name: 'damaged', state: 'unreadable', step: 0 },
      ]),
    );
    const run = `${token()}runs/${encodeURIComponent('a run & <b>')}`;
    const view = JSON.parse((await ask(`${run}/view`)).text) as RunView;
    expect(view.losses.columns).toEqual({
      'generator/total': Buffer.from('00002040', 'hex').toString('base64'),
    });
    expect(view.measurements).toEqual({
      steps: [10],
      seconds: [1],
      columns: { 'gradient-norm/generator': Buffer.from('0000003f', 'hex').toString('base64') },
    });
    expect(view.evaluations[0].measurements).toEqual({ 'weight-norm/generator': 3 });
    expect(view.metrics).toEqual({ kl: 'Infinity' });
    expect(view.samples).toEqual({ kind: 'images', steps: [10] });
    expect((await ask(`${run}/frames/10`)).text).toBe('png');
  });

  it('listens on 127.0.0.1 with a token of 192 random bits, another one each time', async () => {
    expect(watched.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    const other = await watchRuns({ folder });
    expect(new URL(other.address).pathname).not.toBe(token());
    await other.close();
  });

  it.each(['/', '/runs', '//runs', '/x/runs', '/%2e%2e/runs'])(
    'gives nothing at %s, without the token',
    async (path) => {
      const { status, text } = await ask(path);
      expect(status).toBe(403);
      expect(text).toBe('open the address that dist-gan watch has printed');
    },
  );

  it.each([
    ['evil.example', 403],
    ['evil.example:80', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost@evil.example', 403],
    ['127.0.0.1:80:80', 403],
    ['localhost:9999', 200],
    ['[::1]:1', 200],
  ])(
    'answers a Host of %o with %i: a name that was bound to this machine is refused',
    async (host, status) => {
      expect((await ask(token(), { headers: { host } })).status).toBe(status);
    },
  );

  it.each([
    '../secret.png',
    'runs/../../secret.png',
    'runs/..%2f..%2fsecret.png/view',
    'runs/..%2f/frames/10',
    'runs/a%20run%20%26%20%3Cb%3E/frames/..%2f..%2f..%2fsecret',
    'runs/a%20run%20%26%20%3Cb%3E/frames/20',
    'runs/a%20run%20%26%20%3Cb%3E/frames/NaN',
    'runs/a%20run%20%26%20%3Cb%3E/pictures/..%2f..%2f..',
    'runs/a%20run%20%26%20%3Cb%3E/view/more',
    'runs/__proto__/view',
    'onnxruntime-web/../../package.json',
    'onnxruntime-web/..%2f..%2fpackage.json',
    'onnxruntime-web/ort.js',
    'viewer.js/..',
  ])('has nothing at %s', async (path) => {
    const { status, text } = await ask(`${token()}${path}`);
    expect(status).toBe(404);
    expect(text).not.toContain('secret');
  });

  it('says what is wrong in a sentence', async () => {
    for (const path of ['runs/damaged/view', 'runs/%E0%A4%A/view']) {
      const { status, text } = await ask(`${token()}${path}`);
      expect(status).toBe(500);
      expect(text).toMatch(/run\.json is no record of a run|malformed/);
      expect(text).not.toMatch(/\n|:\d+:\d+/);
    }
    expect((await ask(token(), { method: 'POST' })).status).toBe(405);
    await expect(watchRuns({ folder: join(folder, 'none') })).rejects.toThrow(/none is no folder; give/);
    const port = Number(new URL(watched.address).port);
    for (const wrong of [port, 65_536])
      await expect(watchRuns({ folder, port: wrong })).rejects.toThrow(
        new RegExp(`^--port ${wrong} cannot be listened on`),
      );
  });

  it('lets the page load nothing from elsewhere, nor others load the page', async () => {
    const { headers } = await ask(token());
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /,
    );
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});
