/// <reference lib="esnext.disposable" preserve="true" />
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { escapeMarkup, OptionError, toJson } from '@dist-gan/core';
import { script, style } from '../page-files/bundle.js';
import type { PresetWords, SweepView } from '../view/index.js';
import { allowedPath } from './allowed-request.js';
import { readRuntimeFile } from './onnx-runtime-files.js';
import { RunList } from './run-list.js';
import type { RunReader } from '../reading/index.js';

export interface WatchOptions {
  /** Of a run, or one that holds runs. */
  readonly folder: string;
  /** Default 0: any that is free. */
  readonly port?: number;
  /** What is known of a preset. */
  readonly wordsOf?: (preset: string) => PresetWords | undefined;
  /** What is known of the sweep that the folder is; undefined where it is none. */
  readonly sweep?: () => SweepView | undefined;
  /** The generator of a run's folder as ONNX, its inputs called `latents` and, of one with classes, `labels`, its output `samples`. */
  readonly generatorOnnx?: (folder: string) => Promise<Uint8Array>;
  /** Where onnxruntime-web is looked for, beside this package; default that of the process. */
  readonly workingDirectory?: string;
}

export interface RunWatch {
  /** What to open in a browser on this machine. */
  readonly address: string;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Random bytes of the token: nobody guesses 2^192. */
const tokenBytes = 24;

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  'img-src blob: data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/**
 * Serves a page that shows runs while they go on, to browsers on this machine alone: it listens on 127.0.0.1, wants a
 * random token in the address, and gives nothing but the page and what runs have written.
 *
 * @throws DataNotFoundError when there is no such folder, OptionError when the port is taken, or is none
 */
export async function watchRuns(options: WatchOptions): Promise<RunWatch> {
  const { folder, port = 0, wordsOf = () => undefined } = options;
  const runs = new RunList(folder, wordsOf);
  const token = randomBytes(tokenBytes).toString('base64url');
  const title = `${basename(folder)} - dist-gan`;
  const server = createServer((request, response) => {
    void respond(request, response, token, (path) => answer(path, title, runs, options));
  });
  // A port that is none is refused by an exception, one that is taken by an event.
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  }).catch((cause: unknown) => {
    throw new OptionError(
      `--port ${port} cannot be listened on (${(cause as Error).message}); choose another, or leave it out for any that is free`,
      'port',
      port,
      { cause },
    );
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address, close, [Symbol.asyncDispose]: close };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  find: (path: string) => Promise<Answer | undefined>,
): Promise<void> {
  const send = (status: number, { type, body }: Answer) => {
    const content = typeof body === 'string' ? Buffer.from(body) : body;
    response.writeHead(status, { ...headers, 'content-type': type, 'content-length': content.length });
    response.end(request.method === 'HEAD' ? undefined : content);
  };
  const say = (status: number, body: string) => send(status, { type: 'text/plain; charset=utf-8', body });
  const path = allowedPath(request, token);
  if (path === undefined) return say(403, 'open the address that dist-gan watch has printed');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return say(405, 'there is nothing to change here');
  try {
    const found = await find(path);
    if (found === undefined) say(404, 'there is nothing of that name, or no longer');
    else send(200, found);
  } catch (error) {
    // Files that come and go while a run begins anew; what is damaged; a generator that cannot be exported.
    say(500, error instanceof Error ? error.message : String(error));
  }
}

async function answer(
  path: string,
  title: string,
  runs: RunList,
  options: WatchOptions,
): Promise<Answer | undefined> {
  switch (path) {
    case '':
      return { type: 'text/html; charset=utf-8', body: pageHtml(title) };
    case 'viewer.js':
      return { type: 'text/javascript; charset=utf-8', body: script };
    case 'viewer.css':
      return { type: 'text/css; charset=utf-8', body: style };
    case 'runs':
      return json(runs.runs().map((run) => run.summary()));
    case 'sweep':
      return json(options.sweep?.() ?? null);
  }
  const [room, name = '', ...rest] = path.split('/');
  if (room === 'onnxruntime-web' && rest.length === 0) return runtimeFile(name, options);
  if (room !== 'runs') return undefined;
  const run = runs.run(decodeURIComponent(name));
  return run && ofRun(run, rest, options);
}

async function ofRun(
  run: RunReader,
  [what, which, ...rest]: readonly string[],
  { generatorOnnx }: WatchOptions,
): Promise<Answer | undefined> {
  if (rest.length > 0) return undefined;
  switch (what) {
    case 'view':
      return which === undefined ? json(run.view()) : undefined;
    case 'frames':
      return binary(run.frame(Number(which)));
    case 'pictures':
      return binary(run.picture(decodeURIComponent(which)));
    case 'generator.onnx':
      if (which !== undefined || run.generator === undefined) return undefined;
      return binary(await generatorOnnx?.(run.folder));
  }
  return undefined;
}

function runtimeFile(name: string, { workingDirectory = process.cwd() }: WatchOptions): Answer | undefined {
  const body = readRuntimeFile(name, workingDirectory);
  const type = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript; charset=utf-8';
  return body && { type, body };
}

function json(value: unknown): Answer {
  return { type: 'application/json', body: toJson(value) };
}

function binary(body: Uint8Array | undefined): Answer | undefined {
  return body && { type: 'application/octet-stream', body };
}

function pageHtml(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="viewer.css">
</head>
<body>
<script type="module" src="viewer.js"></script>
</body>
</html>
`;
}
