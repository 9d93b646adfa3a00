import type { RunSummary, RunView, SweepView } from '../src/view/index.js';
import { beginnings } from './beginnings.js';
import { element, setText } from './element.js';
import { RunPage } from './run-page.js';
import { RunsPage } from './runs-page.js';
import { messageOf, type Source } from './sources/source.js';

/** Milliseconds between two looks at the runs. */
const interval = 1000;

/** Shows the runs of a source: one of them, or all beside each other. */
export class Viewer {
  private readonly views = new Map<string, RunView>();
  private readonly place = element('div');
  private readonly trouble = element('p', { class: 'alert trouble', role: 'alert', hidden: true });
  private readonly backLink = element('a', { href: '#' });
  private readonly back = element('nav', { hidden: true }, this.backLink);
  private page: RunPage | RunsPage | undefined;
  /** What `page` shows: a run that began once, or nothing. One that begins anew has nothing left of what there was to see. */
  private shown: string | undefined;
  private busy: Promise<void> | undefined;

  constructor(
    private readonly source: Source,
    body: HTMLElement,
  ) {
    body.append(this.trouble, this.back, this.place);
  }

  start(): void {
    void this.refresh();
    if (!this.source.live) return;
    setInterval(() => {
      // Nobody looks.
      if (document.visibilityState === 'visible') void this.refresh();
    }, interval);
    document.addEventListener('visibilitychange', () => void this.refresh());
    addEventListener('hashchange', () => void this.again());
  }

  /** Looks after what may be under way. */
  private async again(): Promise<void> {
    await this.busy;
    await this.refresh();
  }

  private refresh(): Promise<void> {
    this.busy ??= this.look().finally(() => (this.busy = undefined));
    return this.busy;
  }

  private async look(): Promise<void> {
    try {
      const [runs, sweep] = await Promise.all([this.source.runs(), this.source.sweep()]);
      if (runs.length === 0 && sweep === null) this.showNothing();
      else await this.show(runs, sweep);
      this.trouble.hidden = true;
    } catch (error) {
      setText(this.trouble, messageOf(error));
      this.trouble.hidden = false;
    }
  }

  private async show(runs: readonly RunSummary[], sweep: SweepView | null): Promise<void> {
    const named = nameInHash();
    const isAlone = runs.length === 1 && sweep === null;
    const only = isAlone ? runs[0] : runs.find(({ name }) => name === named);
    this.back.hidden = isAlone || only === undefined;
    setText(this.backLink, sweep === null ? 'all runs' : 'the sweep');
    if (only?.state === 'unreadable') throw new Error(`${only.name}: ${only.message}`);
    if (only !== undefined) {
      const view = await this.view(only);
      const shown = beginnings(view);
      if (this.page instanceof RunPage && this.shown === shown) this.page.update(view);
      else this.turnTo(new RunPage(view, this.source), shown);
      document.title = `${view.name}: ${view.title}`;
      return;
    }
    if (!(this.page instanceof RunsPage)) {
      this.turnTo(new RunsPage(this.source.title, this.source, () => void this.again()), undefined);
    }
    const page = this.page as RunsPage;
    const chosen = page.chosen(runs);
    const views = await Promise.allSettled(
      runs.filter(({ name }) => chosen.includes(name)).map((run) => this.view(run)),
    );
    page.update(
      runs,
      views.flatMap((view) => (view.status === 'fulfilled' ? [view.value] : [])),
      sweep,
    );
    document.title = this.source.title;
    // One that is damaged, or just gone, hides no others.
    const failed = views.find((view) => view.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private showNothing(): void {
    this.page?.dispose();
    this.page = undefined;
    const text = 'There is no run here yet; the page shows it when there is.';
    this.place.replaceChildren(element('main', {}, element('p', {}, text)));
  }

  private turnTo(page: RunPage | RunsPage, shown: string | undefined): void {
    this.page?.dispose();
    this.page = page;
    this.shown = shown;
    this.place.replaceChildren(page.root);
  }

  /** The whole of a run, asked for only when it has changed. */
  private async view({ name, version }: RunSummary): Promise<RunView> {
    const known = this.views.get(name);
    if (known?.version === version) return known;
    const view = await this.source.run(name);
    this.views.set(name, view);
    return view;
  }
}

function nameInHash(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ''; // Typed by a person.
  }
}
