import { resolve } from 'node:path';
import { DataNotFoundError, OptionError, UnknownItemError } from '@dist-gan/core';
import { dataFolder, publications as datasetPublications, type Publication } from '@dist-gan/datasets';
import { inceptionPublication } from '@dist-gan/metrics/inception';
import type { ParsedArguments } from '../arguments/index.js';
import { publicationNames } from '../completion/values.js';
import { workUntilEnding } from '../ending/index.js';
import { StageProgress } from '../evaluation/stage-progress.js';
import { fetchPublication } from '../fetch/index.js';
import type { Terminal } from '../terminal.js';
import { codesOfLongWork, exitCodes, type Command } from './command.js';

const publications: Readonly<Record<string, Publication>> = {
  ...datasetPublications,
  inception: inceptionPublication,
};

const megabyte = 2 ** 20;

/** Where data go when no folder is named and the readers know of none; they look there, too. */
const newDataFolder = 'data';

export const fetch: Command = {
  name: 'fetch',
  positionals: [
    {
      name: 'what',
      complete: publicationNames,
      description: `which data set (${Object.keys(datasetPublications).join(', ')}), or inception: the network of FID`,
    },
  ],
  flags: [
    {
      name: 'data',
      short: 'd',
      value: 'folder',
      description: 'folder with data files (default: DIST_GAN_DATA, else data)',
    },
    {
      name: 'from',
      value: 'address',
      description: 'a copy of the files elsewhere, for instance https://host/folder/',
    },
  ],
  details: [
    'Every file is held to its published checksum before it gets its name; until then it is called .part. Archives are\n' +
      'unpacked and removed. What is there already and right is left as it is.',
    'HTTPS_PROXY, HTTP_PROXY and NO_PROXY name a proxy, and hosts that are asked without it.',
    'CelebA is handed out on a page for people only: mmlab.ie.cuhk.edu.hk/projects/CelebA.html; unpack\n' +
      'img_align_celeba.zip into a folder celeba of the data folder.',
    'inception brings pt_inception-2015-12-05-6726825d.pth (91 MB, Apache-2.0), which evaluate and runs with FID look for in the data\n' +
      'folder. TensorFlow publishes the same weights without a checksum, as inception-2015-12-05.tgz on download.tensorflow.org: unpack\n' +
      'classify_image_graph_def.pb from it into the data folder.',
    `Exit codes: 0 done, 2 bad input or no such file to be had, ${codesOfLongWork}.`,
  ],
  examples: ['dist-gan fetch cifar10', 'dist-gan fetch inception', 'dist-gan fetch stl10 --data /disk/data'],
  async run(given, terminal) {
    const id = given.positional('what');
    const publication = copiesAt(given.text('from'), choose(id));
    const folder = chooseFolder(given, terminal);
    const progress = new StageProgress(terminal.stdout);
    let show: (done: number) => void = () => {};
    let shown = '';
    const work = async (signal: AbortSignal) => {
      const place = await fetchPublication(publication, folder, {
        signal,
        environment: terminal.environment,
        onFile(name, state) {
          progress.notice(state === 'there' ? `${name} is there already` : `${state} ${name}`);
          shown = '';
        },
        onProgress(name, bytes, total) {
          if (total === undefined) return;
          if (shown !== name) show = progress.stage(`${name}, ${(total / megabyte).toFixed(1)} MB`);
          shown = name;
          show(bytes / total);
        },
      });
      progress.end();
      const { homepage, licence } = publication;
      terminal.stdout.write(`${id} is in ${place}; what it is and how to cite it: ${homepage}\n`);
      if (licence !== undefined) terminal.stdout.write(`licence: ${licence}\n`);
      return exitCodes.success;
    };
    try {
      return await workUntilEnding(terminal, work, { stopped: 'stopped; run it again to go on' });
    } finally {
      progress.end();
    }
  },
};

function choose(id: string | undefined): Publication {
  const known = Object.keys(publications);
  if (id === undefined) {
    throw new OptionError(`fetch needs to know what: ${known.join(', ')}`, 'what', id);
  }
  if (id === 'celeba') {
    throw new DataNotFoundError(
      'celeba cannot be fetched: its authors hand it out on a page for people; download img_align_celeba.zip from ' +
        'mmlab.ie.cuhk.edu.hk/projects/CelebA.html and unpack it into a folder celeba of the data folder',
      'celeba',
    );
  }
  if (!Object.hasOwn(publications, id)) throw new UnknownItemError('thing to fetch', id, known);
  return publications[id];
}

/** The same files, to be had from one address with all of them. */
function copiesAt(base: string | undefined, publication: Publication): Publication {
  if (base === undefined) return publication;
  if (!/^https?:\/\/./.test(base)) {
    throw new OptionError(
      `--from must be an address that starts with https:// or http:// (got ${base})`,
      '--from',
      base,
    );
  }
  const folder = base.endsWith('/') ? base : `${base}/`;
  return {
    ...publication,
    files: publication.files.map((file) => ({ ...file, addresses: [`${folder}${file.name}`] })),
  };
}

function chooseFolder(given: ParsedArguments, { workingDirectory, environment }: Terminal): string {
  const named = given.text('data') ?? environment.DIST_GAN_DATA;
  if (named !== undefined && named !== '') return resolve(workingDirectory, named);
  return resolve(workingDirectory, dataFolder() ?? newDataFolder);
}
