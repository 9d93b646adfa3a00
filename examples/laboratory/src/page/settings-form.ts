import { distributionIds, distributionTitles } from '../distributions/distributions.js';
import { parseLayers } from '../settings/address.js';
import { methodEntries, methodIds, type MethodId, type OptionEntry } from '../settings/methods.js';
import { deviceIds, limits, type ChosenMethod, type DeviceId, type Settings } from '../settings/settings.js';
import { drawingPad } from './drawing-pad.js';
import { element } from './element.js';
import { layerIds, type LayerId, type Layers } from './plane.js';

const layerTitles: Readonly<Record<LayerId, string>> = {
  real: 'Real points',
  samples: 'Generated points',
  scores: "Discriminator's scores",
  slopes: 'Their gradients',
  lattice: 'Manifold of the generator',
};

const deviceTitles: Readonly<Record<DeviceId, string>> = {
  wasm: 'processor',
  webgpu: 'graphics card',
};

interface FormListener {
  settings(settings: Settings): void;
  layers(layers: Layers): void;
  say(text: string): void;
}

/** Everything that can be chosen. */
export class SettingsForm {
  private settings!: Settings;
  private readonly pad: ReturnType<typeof drawingPad>;

  constructor(
    private readonly root: HTMLFormElement,
    private readonly listener: FormListener,
  ) {
    this.pad = drawingPad(
      (dots) => this.change({ dots: [...dots] }, false),
      (text) => listener.say(text),
    );
    root.addEventListener('submit', (event) => event.preventDefault());
  }

  /** Shows settings, without telling anybody. */
  show(settings: Settings): void {
    this.settings = settings;
    const focused = document.activeElement?.id;
    const layers = this.root.querySelector('.layers') ?? this.layers();
    this.root.replaceChildren(this.data(), this.methods(), this.run(), layers);
    this.pad.show(settings.dots);
    if (focused && this.root.contains(document.getElementById(focused)))
      document.getElementById(focused)!.focus();
  }

  private change(part: Partial<Settings>, redraw = true): void {
    this.settings = { ...this.settings, ...part };
    if (redraw) this.show(this.settings);
    this.listener.settings(this.settings);
  }

  private data(): HTMLElement {
    const choices = distributionIds.map((id) => {
      const input = element('input', {
        type: 'radio',
        name: 'distribution',
        id: `distribution-${id}`,
        value: id,
        checked: id === this.settings.distribution,
      });
      input.addEventListener('change', () => this.change({ distribution: id }));
      return element('label', { class: 'chip' }, input, distributionTitles[id]);
    });
    return element(
      'fieldset',
      {},
      element('legend', {}, 'Points to learn'),
      element('div', { class: 'chips' }, ...choices),
      ...(this.settings.distribution === 'drawn' ? [this.pad.root] : []),
    );
  }

  private methods(): HTMLElement {
    const { methods } = this.settings;
    const second = element('input', { type: 'checkbox', id: 'side-by-side', checked: methods.length === 2 });
    second.addEventListener('change', () => {
      const other: MethodId = methods[0].id === 'gan' ? 'r3gan' : 'gan';
      this.change({ methods: second.checked ? [methods[0], { id: other, options: {} }] : [methods[0]] });
    });
    return element(
      'fieldset',
      {},
      element('legend', {}, 'Method'),
      ...methods.map((chosen, place) => this.method(chosen, place)),
      element('label', { class: 'check' }, second, 'Two methods side by side'),
    );
  }

  private method(chosen: ChosenMethod, place: number): HTMLElement {
    const id = `method-${place}`;
    const select = element(
      'select',
      { id },
      ...methodIds.map((method) =>
        element('option', { value: method, selected: method === chosen.id }, methodEntries[method].title),
      ),
    );
    const replace = (method: ChosenMethod, redraw: boolean) =>
      this.change({ methods: this.settings.methods.map((old, at) => (at === place ? method : old)) }, redraw);
    select.addEventListener('change', () => replace({ id: select.value as MethodId, options: {} }, true));
    const name = place === 0 ? 'Method' : 'Second method';
    const options = methodEntries[chosen.id].options.map((entry) =>
      this.number(`${id}-${entry.key}`, entry, chosen.options[entry.key] ?? entry.default, (value) => {
        const now = this.settings.methods[place];
        replace({ id: now.id, options: { ...now.options, [entry.key]: value } }, false);
      }),
    );
    return element(
      'div',
      { class: 'method', role: 'group', 'aria-label': name },
      element('label', { for: id, class: 'field' }, element('span', {}, name), select),
      ...options,
    );
  }

  private run(): HTMLElement {
    const { settings } = this;
    const number = (
      key: 'seed' | 'steps' | 'batchSize',
      label: string,
      range: { readonly low: number; readonly high: number },
    ) =>
      this.number(key, { label, ...range, whole: true }, settings[key], (value) =>
        this.change({ [key]: value }, false),
      );
    const hidden = this.text(
      'hidden',
      'Hidden layers',
      settings.hiddenUnits.join(', '),
      `Units of ${limits.layers.low} to ${limits.layers.high} layers, each from ${limits.units.low} to ${limits.units.high}, such as 64, 64`,
      (text) => {
        const hiddenUnits = parseLayers(text);
        if (hiddenUnits !== undefined) this.change({ hiddenUnits }, false);
        return hiddenUnits !== undefined;
      },
    );
    const waves = element('input', { type: 'checkbox', id: 'waves', checked: settings.waves });
    waves.addEventListener('change', () => this.change({ waves: waves.checked }, false));
    const dimension = this.number(
      'latent-dimension',
      { label: 'Latents', ...limits.latentDimension, whole: true },
      settings.latents.dimension,
      (value) => this.change({ latents: { ...this.settings.latents, dimension: value } }, false),
    );
    const distribution = this.select(
      'latent-distribution',
      'Latents drawn from',
      { uniform: 'a cube', normal: 'a Gaussian' },
      settings.latents.distribution,
      (value) => this.change({ latents: { ...this.settings.latents, distribution: value } }, false),
    );
    const device = this.select('device', 'Computed on', deviceTitles, settings.device, (value) =>
      this.change({ device: deviceIds.find((id) => id === value)! }, false),
    );
    return element(
      'fieldset',
      {},
      element('legend', {}, 'Networks and training'),
      number('steps', 'Steps', limits.steps),
      number('seed', 'Seed', limits.seed),
      number('batchSize', 'Batch', limits.batchSize),
      hidden,
      element('label', { class: 'check' }, waves, 'Networks see sines and cosines of their input, too'),
      dimension,
      distribution,
      device,
    );
  }

  private layers(): HTMLElement {
    const tell = () => this.listener.layers(this.chosenLayers);
    return element(
      'fieldset',
      { class: 'layers' },
      element('legend', {}, 'Shown'),
      ...layerIds.map((id) => {
        const input = element('input', { type: 'checkbox', id: `layer-${id}`, value: id, checked: true });
        input.addEventListener('change', tell);
        return element('label', { class: `check layer-${id}` }, input, layerTitles[id]);
      }),
    );
  }

  get chosenLayers(): Layers {
    const boxes = this.root.querySelectorAll<HTMLInputElement>('.layers input:checked');
    return new Set(Array.from(boxes, ({ value }) => value as LayerId));
  }

  private number(
    id: string,
    { label, low, high, whole }: Pick<OptionEntry, 'label' | 'low' | 'high' | 'whole'>,
    value: number,
    onChange: (value: number) => void,
  ): HTMLElement {
    const range = `from ${low.toLocaleString('en')} to ${high.toLocaleString('en')}`;
    return this.text(id, label, String(value), `A ${whole ? 'whole ' : ''}number ${range}`, (text) => {
      const number = text.trim() === '' ? NaN : Number(text);
      const fits = number >= low && number <= high && (!whole || Number.isInteger(number));
      if (fits) onChange(number);
      return fits;
    });
  }

  /** @param onChange says whether it could read the text */
  private text(
    id: string,
    label: string,
    value: string,
    wanted: string,
    onChange: (text: string) => boolean,
  ): HTMLElement {
    const error = element('small', { id: `${id}-error`, class: 'error', role: 'alert' });
    const input = element('input', {
      id,
      value,
      inputmode: 'decimal',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    input.addEventListener('change', () => {
      const fits = onChange(input.value);
      error.textContent = fits ? '' : `${wanted}.`;
      if (fits) input.removeAttribute('aria-describedby');
      else input.setAttribute('aria-describedby', error.id);
      input.setAttribute('aria-invalid', String(!fits));
    });
    return element('div', { class: 'field' }, element('label', { for: id }, label), input, error);
  }

  private select<Id extends string>(
    id: string,
    label: string,
    titles: Readonly<Record<Id, string>>,
    value: Id,
    onChange: (value: Id) => void,
  ): HTMLElement {
    const select = element(
      'select',
      { id },
      ...(Object.keys(titles) as Id[]).map((key) =>
        element('option', { value: key, selected: key === value }, titles[key]),
      ),
    );
    select.addEventListener('change', () => onChange(select.value as Id));
    return element('div', { class: 'field' }, element('label', { for: id }, label), select);
  }
}
