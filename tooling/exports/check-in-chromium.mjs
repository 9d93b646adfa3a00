/** Exported layers in headless Chromium, with TensorFlow.js as npm has it. */
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSafetensors } from '@dist-gan/core';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

/**
 * Loads each network of a folder of exports from its address, as a page does, and gives it the inputs beside it.
 *
 * @returns by network, the largest difference of its output from the one beside it
 */
export async function checkInChromium(folder, executablePath) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('page.mjs', import.meta.url))],
    bundle: true,
    format: 'esm',
    write: false,
    // Layers of our own come from source.
    conditions: ['@dist-gan/source'],
  });
  const server = await serve(folder, outputFiles[0].text);
  let browser;
  try {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const page = await browser.newPage();
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    const origin = `http://127.0.0.1:${server.address().port}`;
    await page.goto(`${origin}/`);
    const program = `TensorFlow.js ${await page.evaluate(() => globalThis.version())} in Chromium ${browser.version()}`;
    const lines = [];
    for (const { name, role, path } of networksIn(folder)) {
      const { tensors } = readSafetensors(readFileSync(path), path);
      const output = tensors.get('output');
      const inputs = [...tensors.keys()].filter((key) => key.startsWith('input')).toSorted();
      const address = `${origin}/${name}/layers-model/${role}/model.json`;
      // A page that knows nothing of the networks before.
      await page.goto(`${origin}/`);
      const given = {
        address,
        inputs: inputs.map((key) => tensors.get(key)).map(({ data, shape }) => [[...data], [...shape]]),
      };
      const computed = await page.evaluate((argument) => globalThis.predict(argument), given);
      if (complaints.length > 0) throw new Error(complaints.join('; '));
      if (computed.length !== output.data.length)
        throw new Error(`${address} gives ${computed.length} numbers`);
      const largest = (numbers) => numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      lines.push({
        program,
        case: name,
        role,
        largest: largest(output.data),
        difference: largest(output.data.map((value, i) => value - computed[i])),
        ...(role === 'generator' && {
          otherBytes: output.data.filter((value, i) => byte(value) !== byte(computed[i])).length,
        }),
      });
    }
    return lines;
  } finally {
    await browser?.close();
    server.close();
  }
}

/** A number from 0 to 1 as pictures have it. */
const byte = (value) => Math.floor(255 * value + 0.5);

function networksIn(folder) {
  return readdirSync(folder).flatMap((name) =>
    readdirSync(join(folder, name))
      .filter((file) => file.endsWith('.safetensors'))
      .map((file) => ({ name, role: basename(file, '.safetensors'), path: join(folder, name, file) })),
  );
}

async function serve(folder, script) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://page').pathname;
    if (path === '/') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<script type="module" src="/page.mjs"></script>');
    } else if (path === '/page.mjs') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    } else {
      createReadStream(join(folder, path))
        .on('error', () => response.writeHead(404).end())
        .pipe(response);
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
