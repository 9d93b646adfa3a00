import { existsSync } from 'node:fs';
import { defineConfig } from 'vitepress';
import { formulasOfDocstrings, linksOfTheSite, packages, repository, rewrites } from './pages.mjs';

const page = (text, link) => ({ text, link });

/** The same list of pages beside all pages below these. */
const beside = (items, ...paths) => Object.fromEntries(paths.map((path) => [path, items]));

const guide = [
  {
    text: 'Begin',
    items: [
      page('What Dist-GAN is', '/guide/what-dist-gan-is'),
      page('The first run', '/guide/first-run'),
      page('Reading the report', '/guide/reading-the-report'),
    ],
  },
  {
    text: 'Your own',
    items: [
      page('Pictures', '/guide/your-own-pictures'),
      page('A GAN with our losses', '/guide/your-own-gan'),
      page('An architecture', '/guide/your-own-architecture'),
      page('Data', '/guide/your-own-data'),
    ],
  },
  {
    text: 'Further',
    items: [
      page('Long runs', '/guide/long-runs'),
      page('Comparisons', '/guide/comparisons'),
      page('Many machines', '/guide/many-machines'),
      page('How far it goes', '/scaling'),
      page('Engines and graphics cards', '/backends'),
      page('In the browser', '/guide/in-the-browser'),
      page('Networks, taken elsewhere', '/exports'),
      page('Weights from outside', '/weights-from-outside'),
    ],
  },
];

const methods = [
  {
    text: 'Methods',
    items: [page('Formulas', '/methods/'), page('Paper, code and options', '/packages/methods')],
  },
  {
    text: 'Measuring',
    items: [page('Metrics of images', '/metrics'), page('All metrics', '/packages/metrics')],
  },
  {
    text: 'Results',
    items: [
      page('What was trained', '/reproduction/'),
      page('The synthetic comparison', '/reproduction/synthetic'),
      page('Which regulariser helps which GAN', '/reproduction/regularisers'),
      page('The rest of the family', '/reproduction/family'),
      page('Optimal transport', '/reproduction/transport'),
      page('A guard that saves a run', '/reproduction/guard'),
    ],
  },
];

const inside = [
  {
    text: 'How it works inside',
    items: [
      page('One step, followed', '/inside/one-step'),
      page('How the rooms connect', '/architecture'),
      page('What is compared with what', '/numerics'),
    ],
  },
  {
    text: 'Contributing',
    items: [
      page('Begin here', '/contributing/'),
      ...[
        ['a loss', 'add-a-loss'],
        ['a regulariser', 'add-a-regulariser'],
        ['a method', 'add-a-method'],
        ['a guard', 'add-a-guard'],
        ['an architecture', 'add-an-architecture'],
        ['an augmentation', 'add-an-augmentation'],
        ['a data set', 'add-a-dataset'],
        ['a metric', 'add-a-metric'],
        ['a preset', 'add-a-preset'],
        ['a picture of a run', 'add-a-picture'],
        ['a command', 'add-a-command'],
        ['a kernel', 'add-a-kernel'],
      ].map(([what, file]) => page(`Add ${what}`, `/contributing/${file}`)),
      page('Security', '/security'),
      page('Code of conduct', '/code-of-conduct'),
    ],
  },
];

const nameOf = (name) => (name === 'cli' ? 'dist-gan' : `@dist-gan/${name}`);
const hasReference = (name) => existsSync(`${repository}docs/reference/${name}.md`);
const reference = [
  { text: 'Packages', items: packages.map((name) => page(nameOf(name), `/packages/${name}`)) },
  {
    text: 'Reference',
    items: packages.filter(hasReference).map((name) => page(nameOf(name), `/reference/${name}`)),
  },
];

/**
 * Pages that explain come before the reference, which has every word often. The button is called what can be read on
 * it, its key included, as accessibility wants it.
 */
const search = {
  translations: { button: { buttonText: 'Search', buttonAriaLabel: 'Search K' } },
  miniSearch: {
    searchOptions: { boostDocument: (id) => (id.includes('/reference/') ? 0.25 : 1) },
  },
};

/** Pages outside of this folder do not find Vue from where they lie. */
const vueForEveryPage = {
  name: 'vue-for-every-page',
  enforce: 'pre',
  resolveId(id, _, { ssr }) {
    if (id !== 'vue' && id !== 'vue/server-renderer') return;
    return ssr ? { id, external: true } : this.resolve(id, import.meta.filename, { skipSelf: true });
  },
};

export default defineConfig({
  title: 'dist-gan',
  description: 'Train GANs that do not collapse, and measure them honestly, in TypeScript.',
  srcDir: '..',
  include: ['docs/**/*.md'],
  srcExclude: [
    'README.md',
    '.changeset/**',
    'examples/**',
    'tooling/**',
    'packages/*/CHANGELOG.md',
    'runs/**',
  ],
  rewrites,
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    math: true,
    config: (markdown) => markdown.use(linksOfTheSite).use(formulasOfDocstrings),
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  // What a page's example serves is on the reader's machine.
  ignoreDeadLinks: 'localhostLinks',
  vite: { plugins: [vueForEveryPage] },
  themeConfig: {
    search: { provider: 'local', options: search },
    outline: [2, 3],
    nav: [
      page('Guide', '/guide/what-dist-gan-is'),
      page('Methods and results', '/methods/'),
      page('Packages', '/packages/losses'),
      page('Inside', '/inside/one-step'),
    ],
    sidebar: {
      ...beside(guide, '/guide/', '/scaling', '/backends', '/exports', '/weights-from-outside'),
      ...beside(methods, '/methods/', '/metrics', '/reproduction/', '/packages/methods', '/packages/metrics'),
      ...beside(
        inside,
        '/inside/',
        '/architecture',
        '/numerics',
        '/contributing/',
        '/security',
        '/code-of-conduct',
      ),
      ...beside(reference, '/packages/', '/reference/'),
    },
    footer: { message: 'Apache-2.0' },
  },
});
