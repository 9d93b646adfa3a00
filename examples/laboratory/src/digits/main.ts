/** The page of digits. */
import { RandomStream } from '@dist-gan/core';
import { byId, element, grouped } from '../page/element.js';
import { keepOffline } from '../page/offline.js';
import {
  fetchNetworks,
  openNetworks,
  side,
  type DigitNetworks,
  type NetworkFiles,
} from './digit-networks.js';
import { digitPad } from './digit-pad.js';
import { DigitPicture } from './draw-digit.js';
import { readDigits } from './read-digits.js';
import { trainingSteps, type DigitTraining, type FromDigitWorker } from './training.js';

/** Digits on the way of a walk. */
const stations = 8;
/** Digits in the row between two. */
const rowLength = 9;
/** Seconds of a whole walk. */
const walkSeconds = 24;

let seed = 0;
const randomLatents = () =>
  RandomStream.fromSeed(++seed)
    .derive('digit')
    .uniform(networks?.latentCount ?? 0, { low: -1, high: 1 });

const place = byId<HTMLInputElement>('place');
const play = byId<HTMLButtonElement>('play');
const use = byId<HTMLButtonElement>('use');
const trainButton = byId<HTMLButtonElement>('train');
const ownNetworks = byId<HTMLButtonElement>('own-networks');
const progress = byId('progress');
const file = byId<HTMLInputElement>('file');
const walkPicture = new DigitPicture('The digit at this place of the walk');
const reconstruction = new DigitPicture('Nothing is drawn yet');
const row = Array.from(
  { length: rowLength },
  (_, i) =>
    new DigitPicture(
      i === 0 ? 'First digit' : i === rowLength - 1 ? 'Last digit' : `${i} of ${rowLength - 1} on the way`,
    ),
);
const latentsOfSliders = () => Float32Array.from(sliders, (slider) => slider.valueAsNumber);

/** As many as the networks have latents; so are the latents of the way and of the ends. */
let sliders: HTMLInputElement[] = [];
let way: Float32Array[] = [];
let ends: Float32Array[] = [];
let drawing: Float32Array | undefined;
let drawn: Float32Array | undefined;
let worker: Worker | undefined;
let networks: DigitNetworks | undefined;
/** Where they are from. */
let origin = progress.textContent;
/** Latents that are to be shown next: only the newest of them is, so that a slider never waits. */
let wanted: Float32Array | undefined;
/** What is done with networks, one after the other: none is closed while it works, and none shows what others were asked for. */
let last: Promise<void> = Promise.resolve();
const inTurn = (work: () => Promise<void>): Promise<void> => (last = last.then(work).catch(notify));

byId('walk').append(walkPicture.root);
byId('reconstruction').append(reconstruction.root);
byId('between').append(...row.map(({ root }) => root));
byId('pad').append(
  digitPad((image) => {
    drawing = image;
    void inTurn(reconstruct);
  }, say),
);
place.addEventListener('input', () => showPlace());
play.addEventListener('click', () => setPlaying(play.getAttribute('aria-pressed') !== 'true'));
byId('another').addEventListener('click', () => {
  way = Array.from({ length: stations }, randomLatents);
  showPlace();
});
byId('first').addEventListener('click', () => showRow([randomLatents(), ends[1]]));
byId('last').addEventListener('click', () => showRow([ends[0], randomLatents()]));
use.addEventListener('click', () => showRow([drawn!, ends[1]]));

trainButton.addEventListener('click', () => {
  if (worker === undefined) file.click();
  else stop();
});
file.addEventListener('change', () => void train().catch(notify));
ownNetworks.addEventListener('click', () => void showOwnNetworks().catch(notify));

void showOwnNetworks().catch(notify);
void keepOffline(byId('offline'));

/** Of the page: those that were trained before. */
async function showOwnNetworks(): Promise<void> {
  stop();
  const files = await fetchNetworks();
  await inTurn(async () => {
    // Somebody began to train others meanwhile.
    if (worker !== undefined) return;
    await exchange(files);
    progress.textContent = origin = 'These networks came with the page.';
    trainButton.disabled = false;
    ownNetworks.disabled = true;
    document.body.dataset.state = 'ready';
  });
}

/** Trains new networks on the chosen file. All that the page shows is made by them, as they are. */
async function train(): Promise<void> {
  const [chosen] = file.files ?? [];
  if (chosen === undefined) return;
  file.value = '';
  byId('notice').hidden = true;
  const images = await readDigits(chosen);
  // Another file may have been chosen while this one was read.
  stop();
  progress.textContent = `Training on ${grouped(images.length / side ** 2)} digits.`;
  say(progress.textContent);
  const training = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker = training;
  training.addEventListener('message', ({ data }: MessageEvent<FromDigitWorker>) => {
    void inTurn(async () => {
      if (worker === training) await hear(data);
    });
  });
  training.addEventListener('error', (event) => {
    event.preventDefault();
    fail(new Error(`The worker cannot be loaded. ${event.message ?? ''}`));
  });
  training.postMessage({ images, seed: ++seed } satisfies DigitTraining, [images.buffer]);
  document.body.dataset.state = 'training';
  trainButton.textContent = 'Stop';
  ownNetworks.disabled = false;
}

async function hear(message: FromDigitWorker): Promise<void> {
  if (message.type === 'failed') return fail(new Error(message.message));
  const { step, seconds, files } = message;
  await exchange(files);
  progress.textContent =
    origin = `Trained here: ${grouped(step)} of ${grouped(trainingSteps)} steps, ${(step / seconds).toFixed(0)} a second.`;
  if (step === trainingSteps) {
    stop();
    say(`Finished. ${progress.textContent}`);
  }
}

/** Ends a training; its networks stay as they are. */
function stop(): void {
  if (worker === undefined) return;
  worker.terminate();
  worker = undefined;
  progress.textContent = origin;
  trainButton.textContent = 'Train on a file';
  document.body.dataset.state = 'ready';
}

function fail(error: Error): void {
  stop();
  notify(error);
}

/** Shows the same places of the latents, made by other networks. */
async function exchange(files: NetworkFiles): Promise<void> {
  const before = networks;
  networks = await openNetworks(files);
  if (networks.latentCount === before?.latentCount) {
    show(latentsOfSliders());
    showRow(ends);
  } else beginAnew(networks.latentCount);
  await reconstruct();
  await before?.close();
}

/** Another number of latents: other places. */
function beginAnew(latentCount: number): void {
  sliders = Array.from({ length: latentCount }, (_, latent) => {
    const input = element('input', {
      type: 'range',
      min: -1.5,
      max: 1.5,
      step: 0.01,
      id: `latent-${latent + 1}`,
    });
    input.addEventListener('input', () => show(latentsOfSliders()));
    return input;
  });
  byId('sliders').replaceChildren(
    ...sliders.map((slider, latent) => element('label', { class: 'slide' }, `Latent ${latent + 1}`, slider)),
  );
  byId('latent-count').textContent = String(latentCount);
  way = Array.from({ length: stations }, randomLatents);
  showPlace();
  showRow([randomLatents(), randomLatents()]);
}

/** The latents at the slider's place, as a smooth curve through the stations of the way. */
function showPlace(): void {
  if (networks === undefined) return;
  const along = place.valueAsNumber * stations;
  const station = Math.floor(along);
  const [before, from, to, after] = [-1, 0, 1, 2].map((step) => way[(station + step + stations) % stations]);
  const t = along - station;
  // Catmull and Rom's spline: through every station, without a corner in it.
  const latents = from.map(
    (p1, i) =>
      p1 +
      (t / 2) *
        (to[i] -
          before[i] +
          t *
            (2 * before[i] - 5 * p1 + 4 * to[i] - after[i] + t * (3 * (p1 - to[i]) + after[i] - before[i]))),
  );
  place.setAttribute('aria-valuetext', `${Math.round(100 * place.valueAsNumber)} percent of the way`);
  sliders.forEach((slider, i) => (slider.valueAsNumber = latents[i]));
  show(latents);
}

function show(latents: Float32Array): void {
  const isWaiting = wanted !== undefined;
  wanted = latents;
  if (!isWaiting) void inTurn(showWanted);
}

async function showWanted(): Promise<void> {
  const latents = wanted!;
  wanted = undefined;
  if (networks === undefined) return;
  const [image] = await networks.generate([latents]);
  walkPicture.show(image);
}

function setPlaying(playing: boolean): void {
  play.setAttribute('aria-pressed', String(playing));
  play.textContent = playing ? 'Stand still' : 'Walk';
  if (!playing) return;
  let last = performance.now();
  const walk = (now: number) => {
    if (play.getAttribute('aria-pressed') !== 'true') return;
    place.valueAsNumber = (place.valueAsNumber + (now - last) / 1000 / walkSeconds) % 1;
    last = now;
    showPlace();
    requestAnimationFrame(walk);
  };
  requestAnimationFrame(walk);
}

function showRow(chosen: Float32Array[]): void {
  ends = chosen;
  void inTurn(async () => {
    if (networks === undefined) return;
    const [from, to] = ends;
    const latents = row.map((_, i) =>
      from.map((start, j) => start + ((to[j] - start) * i) / (rowLength - 1)),
    );
    const images = await networks.generate(latents);
    images.forEach((image, i) => row[i].show(image));
  });
}

/** Of what is drawn by now. */
async function reconstruct(): Promise<void> {
  use.disabled = drawing === undefined;
  if (drawing === undefined) {
    reconstruction.show(new Float32Array(side * side));
    reconstruction.root.setAttribute('aria-label', 'Nothing is drawn yet');
    return;
  }
  if (networks === undefined) return;
  drawn = await networks.encode(drawing);
  const [made] = await networks.generate([drawn]);
  reconstruction.show(made);
  reconstruction.root.setAttribute('aria-label', 'The drawn digit, reconstructed');
}

function say(text: string): void {
  byId('status').textContent = text;
}

function notify(error: unknown): void {
  byId('notice').textContent = (error as Error).message;
  byId('notice').hidden = false;
}
