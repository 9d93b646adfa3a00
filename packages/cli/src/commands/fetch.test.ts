import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dataFolder, mnist } from '@dist-gan/datasets';
import { findInceptionWeights, inceptionPublication } from '@dist-gan/metrics/inception';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchPublication } from '../fetch/index.js';
import { main } from '../main.js';
import { serveFiles, type FileServer } from '../../test/file-server.js';
import { recordedTerminal } from '../../test/recorded-terminal.js';

const real = dataFolder();
const names = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'].map(
  (name) => `${name}-ubyte.gz`,
);

let folder = '';
let server: FileServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dist-gan-fetch-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function fetch(...words: string[]) {
  const terminal = recordedTerminal({ workingDirectory: folder, environment: { DIST_GAN_DATA: 'files' } });
  const code = await main(['fetch', ...words], terminal);
  return { code, ...terminal.written };
}

describe('dist-gan fetch', () => {
  it('asks for a data set that it knows', async () => {
    expect((await fetch()).stderr).toMatch(
      /fetch needs to know what: mnist, mnist-1k, fashion-mnist, cifar10.*inception/,
    );
    expect((await fetch('cifar01')).stderr).toMatch(/unknown thing to fetch "cifar01"; did you mean cifar10/);
    expect((await fetch('celeba')).stderr).toMatch(/celeba cannot be fetched.*mmlab/);
    expect((await fetch('mnist', '--from', 'somewhere')).stderr).toMatch(/--from must be an address/);
  });

  it.skipIf(real === undefined || !existsSync(join(real, 'mnist', names[0])))(
    'brings MNIST to where its reader looks, once',
    async () => {
      const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(real!, 'mnist', name))]));
      server = await serveFiles(files, { cutAfter: [1_000_000], into: join(folder, 'files', 'mnist') });
      mkdirSync(join(folder, 'files', 'mnist'), { recursive: true });
      writeFileSync(join(folder, 'files', 'mnist', names[1]), files[names[1]]);
      const first = await fetch('mnist', '--from', server.address);
      expect(first).toMatchObject({ code: 0, stderr: '' });
      // Where it takes longer than two seconds, progress stands between them.
      expect(first.stdout.split('\n').filter((line) => /^fetching|already$/.test(line))).toEqual([
        `fetching ${names[0]}`,
        `${names[1]} is there already`,
        `fetching ${names[2]}`,
        `fetching ${names[3]}`,
      ]);
      expect(server.asked.map((asked) => asked.replace(/ bytes=\d+-/, ' rest'))).toEqual([
        names[0],
        `${names[0]} rest`,
        names[2],
        names[3],
      ]);
      const dataset = await mnist({ folder: join(folder, 'files'), checksum: 'require' });
      expect(dataset.size).toBe(60_000);
      expect((await fetch('mnist', '--from', server.address)).stdout).toMatch(
        /^(.* is there already\n){4}mnist is in/,
      );
      expect(server.asked.length).toBe(4);
    },
  );

  it('leaves no wrong file under its name', async () => {
    server = await serveFiles({ [names[0]]: gzipSync('other digits') });
    const { code, stderr } = await fetch('mnist', '--from', server.address);
    expect(code).toBe(2);
    expect(stderr).toMatch(/gave another file than the published one/);
    expect(readdirSync(join(folder, 'files', 'mnist'))).toEqual([`${names[0]}.part`]);
  });

  it("brings FID's network, goes on where it was cut, and says under which licence", async () => {
    const weights = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) >> 4);
    const sha256 = createHash('sha256').update(weights).digest('hex');
    const [file] = inceptionPublication.files;
    server = await serveFiles({ [file.name]: weights }, { cutAfter: [100_000, 50_000], into: folder });
    const options = { signal: new AbortController().signal, pause: 0.001 };
    const made = { ...file, addresses: [`${server.address}${file.name}`], checksum: sha256 };
    const place = await fetchPublication({ ...inceptionPublication, files: [made] }, folder, options);
    expect(Buffer.compare(readFileSync(join(place, file.name)), weights)).toBe(0);
    expect(server.asked).toHaveLength(3);
    // It is where FID looks for it.
    expect(findInceptionWeights('2048', folder)).toBe(join(folder, file.name));
    expect(inceptionPublication.licence).toMatch(/^Apache-2\.0/);
  });

  it("takes no other file for FID's network, and says without internet what to put where", async () => {
    const [{ name, checksum }] = inceptionPublication.files;
    server = await serveFiles({ [name]: gzipSync('other weights') });
    const other = await fetch('inception', '--from', server.address);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain(`another file than the published one (SHA-256 `);
    expect(other.stderr).toContain(`published ${checksum}`);
    expect(existsSync(join(folder, 'files', name))).toBe(false);
    const none = await serveFiles({});
    const missing = await fetch('inception', '--from', none.address);
    await none.close();
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain(
      `${none.address}${name}: the server answers with status 404); try again later, or download it by hand and put it at ` +
        `${join(folder, 'files', name)} (its SHA-256 is ${checksum})`,
    );
  });

  it('stops at Ctrl-C', async () => {
    server = await serveFiles({}, { status: 503 });
    const terminal = recordedTerminal({
      workingDirectory: folder,
      environment: {},
      onOutput: () => void setTimeout(() => terminal.interrupt(), 50),
    });
    expect(await main(['fetch', 'mnist', '--data', 'here', '--from', server.address], terminal)).toBe(130);
    expect(terminal.written.stderr).toBe('stopped; run it again to go on\n');
  });
});

describe('fetchPublication', () => {
  it('unpacks an archive and keeps what it holds, not itself', async () => {
    // An archive of one file set/data, as tar makes it: a header, its content, filled up with zeros.
    const header = Buffer.alloc(512);
    header.write('set/data', 0);
    header.write('0000644\0', 100);
    header.write(`${(5).toString(8).padStart(11, '0')}\0`, 124);
    header.write(' '.repeat(8), 148);
    header.write('0', 156);
    header.write('ustar\0', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const archive = gzipSync(Buffer.concat([header, Buffer.from('bytes'), Buffer.alloc(512 - 5 + 1024)]));
    server = await serveFiles({ 'set.tar.gz': archive });
    const md5 = (content: string | Uint8Array) => createHash('md5').update(content).digest('hex');
    const publication = {
      folder: 'set',
      homepage: server.address,
      files: [
        {
          name: 'set.tar.gz',
          addresses: [`${server.address}set.tar.gz`],
          checksum: md5(archive),
          unpacked: [{ path: 'set/data', checksum: md5('bytes') }],
        },
      ],
    };
    const states: string[] = [];
    const options = {
      signal: new AbortController().signal,
      onFile: (_: string, state: string) => states.push(state),
    };
    const place = await fetchPublication(publication, folder, options);
    expect(readFileSync(join(place, 'set', 'data'), 'utf8')).toBe('bytes');
    expect(readdirSync(place)).toEqual(['set']);
    await fetchPublication(publication, folder, options);
    expect(states).toEqual(['fetching', 'unpacking', 'there']);
    writeFileSync(join(place, 'set', 'data'), 'other');
    await fetchPublication(publication, folder, options);
    expect(readFileSync(join(place, 'set', 'data'), 'utf8')).toBe('bytes');
  });
});
