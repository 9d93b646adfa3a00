import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';

/** How often a server may send us on to another address. */
const mostRedirects = 5;

/** A server that says nothing for so long is gone. */
const silenceLimit = 30_000;

/**
 * Asks for a file from byte `start` on, and follows where it has moved. The body comes as it was sent: Node's `fetch`
 * would unpack a `.gz` file that a server calls compressed, and its checksum is that of the packed one.
 *
 * @throws Error (of the system) when nobody answers
 */
export async function request(
  address: string,
  { start, signal }: { readonly start: number; readonly signal: AbortSignal },
): Promise<IncomingMessage> {
  let at = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await ask(at, start, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode < 301 || statusCode > 308 || headers.location === undefined) return response;
    response.resume();
    at = new URL(headers.location, at).href;
  }
  throw new Error(`it sends on more than ${mostRedirects} times`);
}

function ask(address: string, start: number, signal: AbortSignal): Promise<IncomingMessage> {
  const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
  const get = address.startsWith('https:') ? getSecure : getPlain;
  return new Promise((resolve, reject) => {
    const sent = get(address, { headers, signal, timeout: silenceLimit }, resolve);
    sent.on('timeout', () => sent.destroy(new Error(`no answer for ${silenceLimit / 1000} seconds`)));
    sent.on('error', reject);
  });
}
