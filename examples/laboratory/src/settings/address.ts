/** Settings as the part of an address behind `#`, and back. */
import { distributionIds } from '../distributions/distributions.js';
import { methodEntries, methodIds, type MethodId, type MethodOptions } from './methods.js';
import { defaultSettings, deviceIds, limits, type ChosenMethod, type Settings } from './settings.js';

/** More dots than a hand draws; an address of 4,000 characters still passes everywhere. */
export const mostDots = 1000;

const names = ['a', 'b'];

/** For instance `data=ring&seed=3&a=gan&a.learningRate=0.01&b=r3gan`; what is as by default is left out. */
export function toAddress(settings: Settings): string {
  const entries: [string, string][] = [];
  const add = (key: string, value: string | number, usual?: string | number) => {
    if (value !== usual) entries.push([key, String(value)]);
  };
  const usual = defaultSettings;
  add('data', settings.distribution, usual.distribution);
  if (settings.dots.length > 0) add('dots', encodeBytes(settings.dots));
  add('seed', settings.seed, usual.seed);
  add('steps', settings.steps, usual.steps);
  add('batch', settings.batchSize, usual.batchSize);
  add('hidden', settings.hiddenUnits.join(), usual.hiddenUnits.join());
  add('waves', onOff(settings.waves), onOff(usual.waves));
  add('latents', latentsText(settings), latentsText(usual));
  add('device', settings.device, usual.device);
  settings.methods.forEach(({ id, options }, place) => {
    add(names[place], id);
    for (const { key, default: value } of methodEntries[id].options)
      if (options[key] !== undefined) add(`${names[place]}.${key}`, options[key], value);
  });
  return entries.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
}

/**
 * @param address with or without `#`; anything at all
 * @returns settings, with the default in place of whatever cannot be read, and a sentence about each such place
 */
export function fromAddress(address: string): { settings: Settings; complaints: string[] } {
  const complaints: string[] = [];
  const given = new URLSearchParams(address.replace(/^#/, ''));
  const read = <Value>(key: string, usual: Value, parse: (text: string) => Value | undefined): Value => {
    const text = given.get(key);
    if (text === null) return usual;
    given.delete(key);
    const value = parse(text);
    if (value === undefined)
      complaints.push(`${key}=${shortened(text)} cannot be read; the default is used.`);
    return value ?? usual;
  };
  const usual = defaultSettings;
  const settings: Settings = {
    distribution: read('data', usual.distribution, oneOf(distributionIds)),
    dots: read('dots', usual.dots, decodeBytes),
    seed: read('seed', usual.seed, wholeNumber(limits.seed)),
    steps: read('steps', usual.steps, wholeNumber(limits.steps)),
    batchSize: read('batch', usual.batchSize, wholeNumber(limits.batchSize)),
    hiddenUnits: read('hidden', usual.hiddenUnits, parseLayers),
    waves: read('waves', usual.waves, (text) => [true, false].find((is) => onOff(is) === text)),
    latents: read('latents', usual.latents, parseLatents),
    device: read('device', usual.device, oneOf(deviceIds)),
    methods: readMethods(given, read),
  };
  for (const key of given.keys()) complaints.push(`${shortened(key)} is no setting of this page.`);
  return { settings, complaints };
}

function readMethods(
  given: URLSearchParams,
  read: <Value>(key: string, usual: Value, parse: (text: string) => Value | undefined) => Value,
): ChosenMethod[] {
  const chosen = names.filter((name) => given.has(name));
  if (chosen.length === 0) return [...defaultSettings.methods];
  return chosen.map((name) => {
    const id = read<MethodId>(name, defaultSettings.methods[0].id, oneOf(methodIds));
    const options: Record<string, number> = {};
    for (const { key, low, high, whole, default: value } of methodEntries[id].options) {
      const number = read(
        `${name}.${key}`,
        value,
        whole ? wholeNumber({ low, high }) : decimal({ low, high }),
      );
      if (number !== value) options[key] = number;
    }
    return { id, options: options satisfies MethodOptions };
  });
}

interface Limits {
  readonly low: number;
  readonly high: number;
}

const oneOf =
  <Id extends string>(ids: readonly Id[]) =>
  (text: string): Id | undefined =>
    ids.find((id) => id === text);

const decimal =
  ({ low, high }: Limits) =>
  (text: string): number | undefined => {
    const number = text.trim() === '' ? NaN : Number(text);
    return number >= low && number <= high ? number : undefined;
  };

const wholeNumber = (range: Limits) => (text: string) => {
  const number = decimal(range)(text);
  return Number.isInteger(number) ? number : undefined;
};

/** @returns units of each hidden layer, from `64,64` */
export function parseLayers(text: string): number[] | undefined {
  const units = text.split(/[\s,]+/).filter((part) => part !== '');
  if (units.length < limits.layers.low || units.length > limits.layers.high) return undefined;
  const numbers = units.map(wholeNumber(limits.units));
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

const onOff = (is: boolean) => (is ? 'on' : 'off');
const latentsText = ({ latents }: Settings) => `${latents.dimension}-${latents.distribution}`;

function parseLatents(text: string): Settings['latents'] | undefined {
  const [, size = '', distribution = ''] = /^(\d+)-(uniform|normal)$/.exec(text) ?? [];
  const dimension = wholeNumber(limits.latentDimension)(size);
  if (dimension === undefined) return undefined;
  return { dimension, distribution: distribution as Settings['latents']['distribution'] };
}

/** Bytes as the letters that an address carries as they are. */
function encodeBytes(bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function decodeBytes(text: string): number[] | undefined {
  try {
    const bytes = Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    return bytes.length % 2 === 0 && bytes.length <= 2 * mostDots ? bytes : undefined;
  } catch {
    return undefined;
  }
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
