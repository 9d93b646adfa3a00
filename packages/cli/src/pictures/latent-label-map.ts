import { dots, drawChart, type Limits, plot, plotSize, toPng } from './chart/index.js';

export interface LatentLabelMapContent {
  readonly title: string;
  readonly subtitle: string;
  /** x, y, x, y, ... */
  readonly latents: ArrayLike<number>;
  /** The class of what each latent becomes, from 0 to 9. */
  readonly labels: ArrayLike<number>;
  /** Of both axes. */
  readonly limits: Limits;
}

/** One a class, Tableau's ten. */
const classColors = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
];

/** Latents of two dimensions, each in the colour of the class of what the generator makes of it. */
export async function drawLatentLabelMap({
  title,
  subtitle,
  latents,
  labels,
  limits,
}: LatentLabelMapContent): Promise<Uint8Array> {
  const ofClass: number[][] = classColors.map(() => []);
  for (let i = 0; i < labels.length; i++) ofClass[labels[i]].push(latents[2 * i], latents[2 * i + 1]);
  const series = ofClass.flatMap((points, label) =>
    dots(
      String(label),
      points,
      { x: limits, y: limits },
      { color: classColors[label], opacity: 0.8, size: 4.4 },
    ),
  );
  const axis = (name: string) => ({ name, limits });
  const option = plot({ title, subtitle, x: axis('first latent'), y: axis('second latent'), series });
  return toPng(await drawChart(option, plotSize));
}
