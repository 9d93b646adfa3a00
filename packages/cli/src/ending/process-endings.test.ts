import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { recordedTerminal } from '../../test/recorded-terminal.js';
import {
  closedOutput,
  errorEnding,
  ProcessEndings,
  signalEnding,
  workUntilEnding,
  type Ending,
} from './index.js';

afterEach(() => void vi.restoreAllMocks());

function fakeProcess() {
  const process = Object.assign(new EventEmitter(), {
    stdout: new EventEmitter(),
    stderr: new EventEmitter(),
  });
  const unheard: Ending[] = [];
  return { process, unheard, endings: new ProcessEndings(process, (ending) => unheard.push(ending)) };
}

const systemError = (code: string) => Object.assign(new Error(code), { code });

describe('ProcessEndings', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('hears of %s only while somebody listens, with the exit code of shells', (signal, exitCode) => {
    const { process, endings } = fakeProcess();
    expect(process.listenerCount(signal)).toBe(0);
    const heard: Ending[] = [];
    const stop = endings.listen((ending) => heard.push(ending));
    process.emit(signal);
    expect(heard).toEqual([{ cause: signal, exitCode }]);
    stop();
    expect(process.listenerCount(signal)).toBe(0);
  });

  it.each(['EPIPE', 'EIO'])('takes %s of an output for one ending, however often it fails', (code) => {
    const { process, endings, unheard } = fakeProcess();
    const heard: Ending[] = [];
    const stop = endings.listen((ending) => heard.push(ending));
    process.stdout.emit('error', systemError(code));
    process.stdout.emit('error', systemError(code));
    process.stderr.emit('error', systemError(code));
    stop();
    process.stderr.emit('error', systemError(code));
    expect(heard).toEqual([{ cause: 'closed-output', exitCode: 141 }]);
    expect(unheard).toEqual([]);
  });

  it('ends at once where nobody listens', () => {
    const { process, unheard } = fakeProcess();
    process.stdout.emit('error', systemError('EPIPE'));
    const error = new Error('nobody caught me');
    process.emit('uncaughtException', error);
    expect(unheard).toEqual([closedOutput, errorEnding(error)]);
  });

  it('tells a full disk behind an output from a closed one', () => {
    const { process, unheard } = fakeProcess();
    process.stdout.emit('error', systemError('ENOSPC'));
    const message = expect.stringMatching(/^stdout cannot be written \(ENOSPC\); make room/) as string;
    expect(unheard).toMatchObject([{ cause: 'error', error: { code: 'OUTPUT_UNWRITABLE', message } }]);
  });

  it('ends work that waits for what will never come, and no other', () => {
    const { process, endings, unheard } = fakeProcess();
    process.emit('beforeExit');
    expect(unheard).toEqual([]);
    const heard: Ending[] = [];
    endings.listen((ending) => heard.push(ending));
    process.emit('beforeExit');
    expect(heard).toMatchObject([{ cause: 'error', exitCode: 1 }]);
  });
});

describe('workUntilEnding', () => {
  const waitFor = (signal: AbortSignal) =>
    new Promise<void>((resolve) => void signal.addEventListener('abort', () => resolve()));

  it("gives the work's own exit code where nothing ends it", async () => {
    expect(await workUntilEnding(recordedTerminal(), () => Promise.resolve(7))).toBe(7);
  });

  it.each([signalEnding('SIGTERM'), signalEnding('SIGHUP'), closedOutput])(
    'lets the work write what it has, and gives the code of %o',
    async (ending) => {
      const terminal = recordedTerminal();
      let written = false;
      const work = async (signal: AbortSignal) => {
        await waitFor(signal);
        written = true;
        return 0;
      };
      const heard: Ending[] = [];
      const exitCode = workUntilEnding(terminal, work, { onEnding: (first) => heard.push(first) });
      terminal.interrupt(ending);
      expect(await exitCode).toBe(ending.exitCode);
      expect(written).toBe(true);
      expect(heard).toEqual([ending]);
      terminal.interrupt(ending);
      expect(heard).toEqual([ending]);
    },
  );

  it.each(['gives up', 'has written what it has'])(
    'throws the error that nobody caught, when the work %s',
    async (end) => {
      const terminal = recordedTerminal();
      const error = new Error('nobody caught me');
      const exitCode = workUntilEnding(terminal, async (signal) => {
        await waitFor(signal);
        if (end === 'gives up') signal.throwIfAborted();
        return 0;
      });
      terminal.interrupt(errorEnding(error));
      await expect(exitCode).rejects.toBe(error);
    },
  );

  it('says what became of work that gives up, and throws other errors', async () => {
    const giveUp = async (signal: AbortSignal) => {
      await waitFor(signal);
      throw signal.reason as Error;
    };
    const terminal = recordedTerminal();
    const exitCode = workUntilEnding(terminal, giveUp, { stopped: 'nothing was measured' });
    terminal.interrupt();
    expect(await exitCode).toBe(130);
    expect(terminal.written.stderr).toBe('nothing was measured\n');
    const full = () => Promise.reject(new Error('disk full'));
    await expect(workUntilEnding(terminal, full, { stopped: '' })).rejects.toThrow('disk full');
  });

  it('ends at once, with last words, for whoever asks again later: not for an echo of the first', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
    const terminal = recordedTerminal();
    const last: Ending[] = [];
    let finish = () => {};
    const work = () => new Promise<number>((resolve) => (finish = () => resolve(0)));
    const exitCode = workUntilEnding(terminal, work, { lastWords: (ending) => last.push(ending) });
    terminal.interrupt(signalEnding('SIGHUP'));
    clock.mockReturnValue(1100);
    terminal.interrupt(signalEnding('SIGINT'));
    clock.mockReturnValue(9000);
    terminal.interrupt(closedOutput);
    terminal.interrupt(signalEnding('SIGHUP'));
    expect([terminal.exits, last]).toEqual([[], []]);
    terminal.interrupt(signalEnding('SIGTERM'));
    expect([terminal.exits, last]).toEqual([[143], [signalEnding('SIGTERM')]]);
    finish();
    expect(await exitCode).toBe(129);
  });

  it('ends at once at a second error', async () => {
    const terminal = recordedTerminal();
    let finish = () => {};
    const work = () => new Promise<number>((resolve) => (finish = () => resolve(0)));
    const exitCode = workUntilEnding(terminal, work);
    terminal.interrupt();
    terminal.interrupt(errorEnding(new Error('stuck')));
    expect(terminal.exits).toEqual([1]);
    finish();
    expect(await exitCode).toBe(130);
  });
});
