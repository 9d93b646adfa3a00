import { dirname, resolve } from 'node:path';
import { makeFolder, toJson, writeAtomically, type MetricResult } from '@dist-gan/core';
import type { EvaluationProtocol } from '@dist-gan/metrics';
import type { ParsedArguments } from '../arguments/index.js';
import { number, table } from '../progress/index.js';
import type { Terminal } from '../terminal.js';

/** The numbers of an evaluation, and what they are of. */
export interface Report {
  readonly names: { readonly generated: string; readonly real: string | undefined };
  readonly protocol: EvaluationProtocol;
  readonly notices: readonly string[];
  readonly results: readonly MetricResult[];
}

/**
 * Shows the numbers; a file that cannot be written any more is a warning beside them.
 *
 * @returns whether the file was written that flags ask for
 */
export function report(
  { names, protocol, notices, results }: Report,
  given: ParsedArguments,
  terminal: Terminal,
): boolean {
  const layer = given.text('layer') ?? protocol.layer;
  const isOfProtocol = results.some((result) => result.protocol.name !== undefined);
  const record = {
    generated: names.generated,
    against: names.real ?? null,
    // Of numbers whose features were made by no known way, or by another one, it would say too much.
    protocol: isOfProtocol ? protocol.id : null,
    layer: isOfProtocol ? layer : null,
    notices,
    results,
  };
  const text = `${toJson(record, 2)}\n`;
  const file = outputFile(given, terminal);
  const unwritten = file === undefined ? undefined : write(file, text);
  if (given.has('json')) {
    terminal.stdout.write(text);
  } else {
    terminal.stdout.write(
      asTable({ names, protocol, notices, results }, isOfProtocol ? `: ${protocol.id}, layer ${layer}` : ''),
    );
  }
  if (unwritten !== undefined) terminal.stderr.write(`warning: ${unwritten}\n`);
  return unwritten === undefined;
}

function asTable({ names, notices, results }: Report, how: string): string {
  const rows = results.map((result) => [
    labelOf(result),
    number(result.value),
    String(result.samples.generated ?? ''),
    String(result.samples.real ?? ''),
  ]);
  const warnings = [...notices, ...new Set(results.flatMap((result) => result.warnings))];
  return `
${names.generated}${names.real === undefined ? '' : ` against ${names.real}`}${how}

${table([['metric', 'value', 'generated', 'real'], ...rows])}${warnings.map((warning) => `\nwarning: ${warning}`).join('')}${warnings.length > 0 ? '\n' : ''}`;
}

/** A result's name, and what tells it from others of that name. */
function labelOf({ id, protocol: { neighbours, name, features } }: MetricResult): string {
  // With `pr` and `prdc`, precision and recall are there twice.
  const rule = typeof neighbours === 'number' ? `, k = ${neighbours}` : '';
  const { extractor } = (features ?? {}) as { readonly extractor?: string };
  // The line above the table speaks of numbers of the protocol alone.
  const isOther = name === undefined && extractor !== undefined && extractor !== 'not stated';
  return isOther ? `${id}${rule} (features: ${extractor})` : `${id}${rule}`;
}

/** Where the results are written, too. */
export function outputFile(given: ParsedArguments, { workingDirectory }: Terminal): string | undefined {
  const file = given.text('out');
  return file === undefined ? undefined : resolve(workingDirectory, file);
}

/** @returns what went wrong, if anything did */
function write(path: string, content: string): string | undefined {
  try {
    makeFolder(dirname(path));
    writeAtomically(path, content);
    return undefined;
  } catch (error) {
    return `--out ${path} cannot be written (${(error as Error).message}); the numbers are above`;
  }
}
