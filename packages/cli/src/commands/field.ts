import { basename, extname, resolve } from 'node:path';
import { OptionError, toJson } from '@dist-gan/core';
import { openRunPath, type RunPath } from '@dist-gan/runs';
import type { Plane } from '@dist-gan/viewer';
import type { ParsedArguments } from '../arguments/index.js';
import { measureField } from '../evaluation/discriminator-field.js';
import { loadRunNetwork } from '../evaluation/run-network.js';
import { drawDiscriminatorFields, samplePlane, type DiscriminatorField } from '../pictures/index.js';
import { writeOutputFile } from '../output-file.js';
import { count } from '../progress/index.js';
import { datasetOf } from '../registry.js';
import type { Terminal } from '../terminal.js';
import { exitCodes, type Command } from './command.js';
import { dataFolder } from './train.js';

export const field: Command = {
  name: 'field',
  positionals: [
    {
      name: 'run',
      repeatable: true,
      description:
        'folders of runs on points of the plane (their newest checkpoints), or checkpoints in them',
    },
  ],
  flags: [
    { name: 'out', short: 'o', value: 'file', description: 'the picture, a .png file (default field.png)' },
    {
      name: 'titles',
      value: 'list',
      description: 'what panels are called, with commas between (default the runs)',
    },
    { name: 'data', short: 'd', value: 'folder', description: "folder with data files (default: the run's)" },
  ],
  details: [
    "Side by side: the logit of every run's discriminator over the plane, coloured by rank from what looks generated (brown) to what looks\n" +
      'real (blue), and arrows where it rises: there a generated point would be pulled. Red rings are the modes of the data. Networks in\n' +
      'inference mode.',
  ],
  examples: [
    'dist-gan field runs/gaussian-grid-gan-seed0 runs/gaussian-grid-seed0 --titles GAN,Dist-GAN --out field.png',
  ],
  run: drawField,
};

async function drawField(given: ParsedArguments, terminal: Terminal): Promise<number> {
  const paths = given.positionalList('run');
  if (paths.length === 0)
    throw new OptionError(
      'field needs a run, for instance dist-gan field runs/gaussian-grid-seed0',
      'run',
      paths,
    );
  const titles = given.text('titles')?.split(',');
  if (titles !== undefined && titles.length !== paths.length) {
    throw new OptionError(
      `--titles: there are ${paths.length} runs and ${titles.length} titles; give one for each`,
      '--titles',
      titles,
    );
  }
  const out = given.text('out') ?? 'field.png';
  if (extname(out) !== '.png') throw new OptionError(`--out ${out}: the name must end in .png`, '--out', out);
  const opened = paths.map((path) => openRunPath(resolve(terminal.workingDirectory, path)));
  const planes = await planesOf(opened, paths, given, terminal);
  const [plane] = planes;
  const fields: DiscriminatorField[] = [];
  for (const [i, run] of opened.entries()) {
    const { network, kind, packing, step } = await loadRunNetwork(run, { role: 'discriminator' });
    try {
      if (kind !== 'discriminator' || packing > 1 || network.inputs.length > 1) {
        throw new OptionError(
          `${paths[i]} has a discriminator that does not judge points one by one (${kind}); its score is no surface over the plane`,
          'run',
          paths[i],
        );
      }
      const title = titles?.[i] ?? basename(run.run);
      fields.push({
        title: `${title}, step ${count(step)}`,
        // Points of one plane, which the samples of each run have been taken from in their own way.
        ...(await measureField(network, { ...planes[i], limits: plane.limits })),
      });
    } finally {
      network.dispose();
    }
  }
  const picture = await drawDiscriminatorFields({ title: 'Discriminators over the plane', fields, plane });
  writeOutputFile(resolve(terminal.workingDirectory, out), picture);
  terminal.stdout.write(
    `the discriminators of ${paths.length} run${paths.length === 1 ? '' : 's'} in ${out}\n`,
  );
  return exitCodes.success;
}

/** The plane of the data set, as each run has scaled it: by its own largest point. Data that several have alike are opened once. */
async function planesOf(
  opened: readonly RunPath[],
  paths: readonly string[],
  given: ParsedArguments,
  terminal: Terminal,
): Promise<Plane[]> {
  const [{ settings: first }] = opened;
  const known = new Map<string, Plane>();
  const planes: Plane[] = [];
  for (const [i, { record, settings }] of opened.entries()) {
    if (settings.dataset.id !== first.dataset.id) {
      throw otherPlane(paths[i], paths[0], `on ${settings.dataset.id}`, `on ${first.dataset.id}`);
    }
    const folder = given.has('data') ? dataFolder(given.text('data')!, terminal) : record.dataFolder;
    const key = toJson([settings.dataset, folder ?? null]);
    const plane = known.get(key) ?? (await planeOf(paths[i], settings.dataset, folder, terminal));
    if (!haveSameModes(plane, planes[0] ?? plane))
      throw otherPlane(paths[i], paths[0], 'on other modes', `on those of its ${first.dataset.id}`);
    known.set(key, plane);
    planes.push(plane);
  }
  return planes;
}

function otherPlane(path: string, firstPath: string, data: string, firstData: string): OptionError {
  return new OptionError(
    `${firstPath} was trained ${firstData} and ${path} ${data}: their planes are not the same; draw them one by one`,
    'run',
    path,
  );
}

async function planeOf(
  path: string,
  settings: RunPath['settings']['dataset'],
  folder: string | undefined,
  terminal: Terminal,
): Promise<Plane> {
  const dataset = await datasetOf(settings, {
    ...(folder !== undefined && { dataFolder: folder }),
    onNotice: (message) => void terminal.stderr.write(`${message}\n`),
  });
  const placed = await samplePlane(dataset);
  if (placed?.plane.dimension === 2) return placed.plane;
  throw new OptionError(
    `${path} was trained on samples of shape [${dataset.sampleShape.join(', ')}]; a field is drawn on the plane, of samples of two numbers`,
    'run',
    path,
  );
}

/** Of the same data, scaled otherwise, centres differ by rounding alone. */
function haveSameModes({ modes: one }: Plane, { modes: other }: Plane): boolean {
  const [a, b] = [one?.centres ?? [], other?.centres ?? []].map((centres) => centres.flat());
  return a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= 0.01 * one!.radius);
}
