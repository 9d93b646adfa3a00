import { PbfWriter } from 'pbf';
import type { Histogram } from './histogram.js';

/** One thing that TensorBoard shows of a step. */
export type Summary =
  | { readonly tag: string; readonly scalar: number }
  | { readonly tag: string; readonly png: Uint8Array }
  | { readonly tag: string; readonly histogram: Histogram };

export interface BoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step?: number;
  /** `file`: the first event of a file; `restart`: what other files have of this step and later ones is no more. */
  readonly mark?: 'file' | 'restart';
  readonly summaries?: readonly Summary[];
}

/** An `Event` of TensorFlow (`event.proto`, `summary.proto`), in the wire format of protocol buffers. */
export function encodeEvent({ wallTime, step, mark, summaries = [] }: BoardEvent): Uint8Array {
  const event = new PbfWriter();
  event.writeDoubleField(1, wallTime);
  if (step !== undefined && step !== 0) event.writeVarintField(2, step);
  if (mark === 'file') event.writeStringField(3, 'brain.Event:2');
  if (summaries.length > 0) event.writeMessage(5, writeSummaries, summaries);
  if (mark === 'restart') event.writeMessage(7, (start, log) => log.writeVarintField(1, start), sessionStart);
  return event.finish();
}

/** `SessionLog.START`. */
const sessionStart = 1;

function writeSummaries(summaries: readonly Summary[], writer: PbfWriter): void {
  for (const summary of summaries) writer.writeMessage(1, writeSummary, summary);
}

function writeSummary(summary: Summary, writer: PbfWriter): void {
  writer.writeStringField(1, summary.tag);
  if ('scalar' in summary) writer.writeFloatField(2, summary.scalar);
  else if ('png' in summary) writer.writeMessage(4, writeImage, summary.png);
  else writer.writeMessage(5, writeHistogram, summary.histogram);
}

function writeImage(png: Uint8Array, writer: PbfWriter): void {
  // The first chunk of a PNG file is IHDR: width and height, big-endian.
  const header = new DataView(png.buffer, png.byteOffset + 16, 8);
  writer.writeVarintField(1, header.getUint32(4));
  writer.writeVarintField(2, header.getUint32(0));
  writer.writeVarintField(3, 3);
  writer.writeBytesField(4, png);
}

function writeHistogram(histogram: Histogram, writer: PbfWriter): void {
  writer.writeDoubleField(1, histogram.min);
  writer.writeDoubleField(2, histogram.max);
  writer.writeDoubleField(3, histogram.count);
  writer.writeDoubleField(4, histogram.sum);
  writer.writeDoubleField(5, histogram.sumOfSquares);
  writer.writePackedDouble(6, [...histogram.limits]);
  writer.writePackedDouble(7, [...histogram.counts]);
}
