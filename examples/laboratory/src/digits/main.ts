/** The page of digits. */
import { RandomStream } from '@dist-gan/core';
import { byId, element } from '../page/element.js';
import { keepOffline } from '../page/offline.js';
import { latentCount, loadNetworks, side, type DigitNetworks } from './digit-networks.js';
import { digitPad } from './digit-pad.js';
import { DigitPicture } from './draw-digit.js';

/** Digits on the way of a walk. */
const stations = 8;
/** Digits in the row between two. */
const rowLength = 9;
/** Seconds of a whole walk. */
const walkSeconds = 24;

let seed = 0;
const randomLatents = () =>
  RandomStream.fromSeed(++seed).derive('digit').uniform(latentCount, { low: -1, high: 1 });

const place = byId<HTMLInputElement>('place');
const play = byId<HTMLButtonElement>('play');
const use = byId<HTMLButtonElement>('use');
const walkPicture = new DigitPicture('The digit at this place of the walk');
const reconstruction = new DigitPicture('Nothing is drawn yet');
const row = Array.from(
  { length: rowLength },
  (_, i) =>
    new DigitPicture(
      i === 0 ? 'First digit' : i === rowLength - 1 ? 'Last digit' : `${i} of ${rowLength - 1} on the way`,
    ),
);
const sliders = Array.from({ length: latentCount }, (_, latent) => {
  const input = element('input', {
    type: 'range',
    min: -1.5,
    max: 1.5,
    step: 0.01,
    id: `latent-${latent + 1}`,
  });
  input.addEventListener('input', () => show(Float32Array.from(sliders, (slider) => slider.valueAsNumber)));
  return input;
});

let way = Array.from({ length: stations }, randomLatents);
let ends = [randomLatents(), randomLatents()];
let drawn: Float32Array | undefined;
let networks: DigitNetworks;
/** Latents that are to be shown next: only the newest of them is, so that a slider never waits. */
let wanted: Float32Array | undefined;
let busy = false;

byId('walk').append(walkPicture.root);
byId('reconstruction').append(reconstruction.root);
byId('between').append(...row.map(({ root }) => root));
byId('sliders').append(
  ...sliders.map((slider, latent) => element('label', { class: 'slide' }, `Latent ${latent + 1}`, slider)),
);
byId('pad').append(
  digitPad(
    (image) => void reconstruct(image).catch(notify),
    (text) => (byId('status').textContent = text),
  ),
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

loadNetworks().then((loaded) => {
  networks = loaded;
  showPlace();
  showRow(ends);
  document.body.dataset.state = 'ready';
}, notify);
void keepOffline(byId('offline'));

/** The latents at the slider's place, as a smooth curve through the stations of the way. */
function showPlace(): void {
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
  wanted = latents;
  if (!busy) void showWanted().catch(notify);
}

async function showWanted(): Promise<void> {
  if (networks === undefined) return;
  busy = true;
  try {
    while (wanted !== undefined) {
      const latents = wanted;
      wanted = undefined;
      const [image] = await networks.generate([latents]);
      walkPicture.show(image);
    }
  } finally {
    busy = false;
  }
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
  const [first, last] = ends;
  const latents = row.map((_, i) => first.map((from, j) => from + ((last[j] - from) * i) / (rowLength - 1)));
  networks
    .generate(latents)
    .then((images) => images.forEach((image, i) => row[i].show(image)))
    .catch(notify);
}

async function reconstruct(image: Float32Array | undefined): Promise<void> {
  use.disabled = image === undefined;
  if (image === undefined) {
    reconstruction.show(new Float32Array(side * side));
    reconstruction.root.setAttribute('aria-label', 'Nothing is drawn yet');
    return;
  }
  drawn = await networks.encode(image);
  const [made] = await networks.generate([drawn]);
  reconstruction.show(made);
  reconstruction.root.setAttribute('aria-label', 'The drawn digit, reconstructed');
}

function notify(error: unknown): void {
  byId('notice').textContent = (error as Error).message;
  byId('notice').hidden = false;
}
