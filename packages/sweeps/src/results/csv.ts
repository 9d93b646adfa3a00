import { toJson } from '@dist-gan/core';
import type { SweepSummary } from './summary.js';

/** Every number of every run, a line each (RFC 4180): for whoever computes on. */
export function toCsv({ groups }: SweepSummary): string {
  const heading = [
    'preset',
    'row',
    'seed',
    'run',
    'state',
    'reason',
    'step',
    'seconds',
    'metric',
    'value',
    'protocol',
  ];
  const lines = groups.flatMap(({ preset, rows }) =>
    rows.flatMap(({ setting, runs }) =>
      runs.flatMap(({ run, outcome, evaluations }) => {
        const { state, reason = '' } = outcome;
        const own = [preset, setting.label, run.spec.seed, run.name, state, reason];
        const numbers = evaluations.flatMap(({ step, seconds, numbers: measured }) =>
          measured.map(({ metric, value, protocol }) => [
            ...own,
            step,
            seconds,
            metric,
            value,
            toJson(protocol),
          ]),
        );
        return numbers.length > 0 ? numbers : [[...own, outcome.step, outcome.seconds, '', '', '']];
      }),
    ),
  );
  return [heading, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
