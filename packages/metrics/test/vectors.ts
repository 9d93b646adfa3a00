import { readFileSync } from 'node:fs';

interface ModeVectors {
  readonly mode_grid25: {
    readonly counts: readonly number[];
    readonly modes: number;
    readonly high_quality: number;
    readonly reverse_kl_to_uniform: number;
    readonly jsd: number;
  };
  readonly stacked_mnist: {
    readonly modes: number;
    readonly kl_generated_vs_uniform: number;
    readonly kl_generated_vs_empirical_train: number;
    readonly max_kl_one_mode: number;
  };
}

export const modeVectors = JSON.parse(
  readFileSync(new URL('mode-vectors.json', import.meta.url), 'utf8'),
) as ModeVectors;
