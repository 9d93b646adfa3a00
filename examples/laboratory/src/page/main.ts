/** The laboratory's page. */
import { download } from '../saving/download.js';
import { claimed, keep, readKept } from '../saving/kept-page.js';
import { decodePage, encodePage } from '../saving/run-file.js';
import { fromAddress, toAddress } from '../settings/address.js';
import type { Settings } from '../settings/settings.js';
import { byId, grouped } from './element.js';
import { Laboratory, type LaboratoryState } from './laboratory.js';
import { keepOffline } from './offline.js';
import { SettingsForm } from './settings-form.js';

/** Milliseconds between what is said aloud, and between what is kept for a reload, while a run trains. */
const pauseOfSpeech = 10_000;
const pauseOfKeeping = 10_000;

const [trainButton, stepButton, restartButton, shareButton, saveButton, loadButton] = [
  'train',
  'step',
  'restart',
  'share',
  'save',
  'load',
].map((id) => byId<HTMLButtonElement>(id));
const file = byId<HTMLInputElement>('file');

let settings: Settings;

const laboratory = new Laboratory(byId('runs'), {
  changed: showState,
  failed: (message) => notify(message),
  exported: (card, client, form) => {
    void attempt(async () => {
      for (const { name, bytes } of await client.exportGenerator(form)) download(name, bytes);
      say(`The generator of ${card.title} is exported.`);
    });
  },
});
const form = new SettingsForm(byId('settings'), {
  settings: choose,
  layers: (layers) => laboratory.chooseLayers(layers),
  say,
});

trainButton.addEventListener('click', () => {
  if (laboratory.state === 'training' || laboratory.state === 'building') laboratory.pause();
  else if (laboratory.state === 'finished' || laboratory.state === 'failed') restart();
  else train();
});
stepButton.addEventListener('click', () => train(1));
restartButton.addEventListener('click', restart);
shareButton.addEventListener('click', () => void share());
saveButton.addEventListener('click', () => void attempt(save));
loadButton.addEventListener('click', () => file.click());
file.addEventListener('change', () => void attempt(load));
byId('skip').addEventListener('click', (event) => {
  // What follows # are the settings.
  event.preventDefault();
  byId('runs').focus();
});
addEventListener('hashchange', () => {
  if (location.hash.slice(1) !== toAddress(settings)) readAddress();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void keepRuns();
});
setInterval(() => {
  if (laboratory.state === 'training') void keepRuns();
}, pauseOfKeeping);
setInterval(() => {
  if (laboratory.state === 'training') say(describe());
}, pauseOfSpeech);

readAddress();
void claimKept();
void keepOffline(byId('offline'));

/** What the address says, at first and when it is changed by hand. */
function readAddress(): void {
  const { settings: read, complaints } = fromAddress(location.hash);
  settings = read;
  form.show(settings);
  laboratory.choose(settings);
  if (complaints.length > 0) notify(complaints.join(' '));
}

function choose(chosen: Settings): void {
  settings = chosen;
  // Not by location.hash: every change of a number would be a page to go back through.
  history.replaceState(undefined, '', `#${toAddress(settings)}`);
  silence();
  laboratory.choose(settings);
  void keep();
}

function restart(): void {
  silence();
  laboratory.choose(settings);
  void keep();
  trainButton.focus();
}

function train(steps?: number): void {
  if (settings.distribution === 'drawn' && settings.dots.length === 0)
    return notify('Nothing is drawn yet: draw a shape first.');
  silence();
  laboratory.train(steps);
}

function showState(state: LaboratoryState): void {
  const running = state === 'training' || state === 'building';
  trainButton.textContent = {
    idle: 'Train',
    building: 'Pause',
    training: 'Pause',
    paused: 'Train on',
    finished: 'Train again',
    failed: 'Train again',
  }[state];
  stepButton.disabled = running || state === 'finished' || state === 'failed';
  restartButton.disabled = state === 'idle';
  saveButton.disabled = state === 'idle' || state === 'building' || state === 'failed';
  document.body.dataset.state = state;
  if (state === 'building') say('Compiling.');
  if (state === 'paused' || state === 'finished') {
    say(`${state === 'finished' ? 'Finished' : 'Paused'}. ${describe()}`);
    void keepRuns();
  }
}

const describe = () => laboratory.cards.map((card) => card.describe()).join(' ');

async function share(): Promise<void> {
  history.replaceState(undefined, '', `#${toAddress(settings)}`);
  try {
    await navigator.clipboard.writeText(location.href);
    say('The link is copied.');
    shareButton.textContent = 'Link copied';
    setTimeout(() => (shareButton.textContent = 'Copy link'), 2000);
  } catch {
    notify('The browser does not let this page copy. The link is in the address bar.');
  }
}

async function save(): Promise<void> {
  const page = await laboratory.save();
  if (page === undefined) return notify('There is nothing to save before the first step.');
  download('laboratory.safetensors', encodePage(page));
  say(`The run is saved at step ${grouped(page.runs[0].state.step)}.`);
}

async function load(): Promise<void> {
  const [chosen] = file.files ?? [];
  if (chosen === undefined) return;
  file.value = '';
  restoreBytes(new Uint8Array(await chosen.arrayBuffer()), chosen.name);
}

function restoreBytes(bytes: Uint8Array, name: string): void {
  const page = decodePage(bytes, name);
  settings = page.settings;
  history.replaceState(undefined, '', `#${toAddress(settings)}`);
  form.show(settings);
  silence();
  laboratory.restore(page);
}

/** Keeps the runs for a reload, from their first step on. */
async function keepRuns(): Promise<void> {
  if (laboratory.state === 'idle' || laboratory.state === 'building' || laboratory.state === 'failed') return;
  // A run that is replaced meanwhile refuses; the next one is kept in its turn.
  const page = await laboratory.save().catch(() => undefined);
  if (page === undefined) return;
  if (await keep(encodePage(page))) document.body.dataset.kept = String(page.runs[0].state.step);
}

/** Goes on with what was kept, and keeps what was made meanwhile; or tells that another tab is the one that is kept. */
async function claimKept(): Promise<void> {
  if (!(await claimed))
    return notify(
      'Another tab has this laboratory open, and for a reload the browser keeps that one alone. Save run, before you close or reload this one.',
    );
  await restoreKept();
  await keepRuns();
}

/** After a reload, the runs of before; unless the address now says something else. */
async function restoreKept(): Promise<void> {
  const bytes = await readKept();
  if (bytes === undefined || laboratory.state !== 'idle') return;
  try {
    const kept = decodePage(bytes, 'What this browser has kept');
    if (toAddress(kept.settings) === toAddress(settings)) laboratory.restore(kept);
  } catch {
    // Of an older form: the page begins anew.
    await keep();
  }
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    notify((error as Error).message);
  }
}

function say(text: string): void {
  byId('status').textContent = text;
}

function notify(text: string): void {
  byId('notice').textContent = text;
  byId('notice').hidden = false;
}

function silence(): void {
  byId('notice').hidden = true;
}
