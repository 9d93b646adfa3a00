/**
 * The loops of loops.as with their memory. JavaScript and not TypeScript, as the worker thread that decodes pictures starts from
 * files as they stand.
 */
import { binary } from './loops-binary.js';

const pageBytes = 65_536;
/** Below this address the loops may keep constants of their own. */
const firstAddress = 1024;
/** Loops read and write up to so many bytes behind what they are given. */
const slack = 16;

let memory;
let loops;

/** Lets `work` use the loops. What it takes of the memory is the next caller's when it returns. */
export function inMemory(work) {
  loops ??= start();
  let next = firstAddress;
  const take = (bytes) => {
    const address = next;
    next += Math.ceil((bytes + slack) / slack) * slack;
    if (next > memory.buffer.byteLength)
      memory.grow(Math.ceil((next - memory.buffer.byteLength) / pageBytes));
    return address;
  };
  return work({
    loops,
    take,
    /** Copies bytes or whole numbers of 32 bits there. */
    put(numbers) {
      const address = take(numbers.byteLength);
      const View = numbers instanceof Int32Array ? Int32Array : Uint8Array;
      new View(memory.buffer, address, numbers.length).set(numbers);
      return address;
    },
    /** A copy of bytes. */
    read: (address, length) => new Uint8Array(memory.buffer, address, length).slice(),
  });
}

function start() {
  memory = new WebAssembly.Memory({ initial: 16 });
  const code = Uint8Array.from(atob(binary), (letter) => letter.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports;
}
