import { binary } from './loops-binary.js';

/** Rows of a panel of a packed matrix; sizes in the loops' memory are multiples of it. */
export const panelWidth = 4;

/** The functions of loops.as. Addresses are in bytes, sizes and strides in numbers. */
export interface Loops {
  addProduct(
    a: number,
    b: number,
    c: number,
    rowPanels: number,
    columnPanels: number,
    depth: number,
    stride: number,
    upperOnly: boolean,
  ): void;
  combine(vectors: number, stride: number, count: number, coefficients: number, n: number, y: number): void;
  reflector(x: number, n: number, v: number): number;
  reflect(vectors: number, stride: number, count: number, v: number, n: number, factor: number): void;
  subtractUpper(
    target: number,
    targetStride: number,
    source: number,
    sourceStride: number,
    c: number,
    cStride: number,
    rows: number,
    columns: number,
  ): void;
  copyRows(
    target: number,
    targetStride: number,
    source: number,
    sourceStride: number,
    rows: number,
    columns: number,
  ): void;
  transpose(
    target: number,
    targetStride: number,
    source: number,
    sourceStride: number,
    rows: number,
    columns: number,
  ): void;
  mirrorUpper(a: number, n: number): void;
  chase(
    band: number,
    stride: number,
    n: number,
    width: number,
    first: number,
    last: number,
    scratch: number,
  ): void;
}

/** Numbers that both the loops, by address, and TypeScript, as an array, can reach. */
export interface Block {
  readonly address: number;
  readonly values: Float64Array;
}

const bytesOfNumber = 8;
const pageBytes = 65_536;
/** Below this address the loops may keep constants of their own. */
const firstAddress = 1024;

/** The part of the platform that is used here; the types of neither ES2023 nor Node have it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

let compiled: object | undefined;

/** The loops with memory for a fixed count of numbers. */
export class Workspace {
  readonly loops: Loops;
  private readonly memory: { readonly buffer: ArrayBuffer };
  private next = firstAddress;

  constructor(readonly capacity: number) {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(binary), (letter) => letter.charCodeAt(0)));
    const pages = Math.ceil((firstAddress + capacity * bytesOfNumber) / pageBytes);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const imports = { env: { memory: this.memory } };
    this.loops = new WebAssembly.Instance(compiled, imports).exports as Loops;
  }

  /** Takes a part of the memory; what an earlier user wrote may still be in it. */
  allocate(length: number): Block {
    const address = this.next;
    this.next += length * bytesOfNumber;
    return { address, values: new Float64Array(this.memory.buffer, address, length) };
  }

  reset(): void {
    this.next = firstAddress;
  }
}

/**
 * A workspace that waits for its next use. An engine reserves gigabytes of addresses for each memory and frees
 * them late, so that one memory per call would exhaust them.
 */
let idle: Workspace | undefined;

/** A workspace with memory for so many numbers. */
export function takeWorkspace(capacity: number): Workspace {
  const workspace = idle !== undefined && idle.capacity >= capacity ? idle : new Workspace(capacity);
  idle = undefined;
  workspace.reset();
  return workspace;
}

/** Lets the next caller have the workspace; its blocks must not be used any more. */
export function giveBack(workspace: Workspace): void {
  if (idle === undefined || idle.capacity < workspace.capacity) idle = workspace;
}
