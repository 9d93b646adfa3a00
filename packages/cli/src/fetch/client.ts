import { EnvHttpProxyAgent, request as send, type Dispatcher } from 'undici';

/** How often a server may send us on to another address. */
const mostRedirects = 5;

/** A server that says nothing for so many milliseconds is gone. */
const silenceLimit = 30_000;

/** What a server answers. */
export interface Answer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Dispatcher.ResponseData['body'];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Asks for files, through the proxy that the environment names: `HTTPS_PROXY` and `HTTP_PROXY` (or in small letters, which
 * go first), but not for the hosts of `NO_PROXY`.
 */
export class Client {
  private readonly agent: Dispatcher;

  constructor(environment: Environment) {
    const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY, http_proxy, https_proxy, no_proxy } = environment;
    // Without an option, undici looks into the environment of the process, which need not be the one that is meant.
    this.agent = new EnvHttpProxyAgent({
      httpProxy: http_proxy ?? HTTP_PROXY ?? '',
      httpsProxy: https_proxy ?? HTTPS_PROXY ?? '',
      noProxy: no_proxy ?? NO_PROXY ?? '',
      bodyTimeout: silenceLimit,
      headersTimeout: silenceLimit,
      connectTimeout: silenceLimit,
    });
  }

  /**
   * Asks for a file from byte `start` on, and follows where it has moved. The body comes as it was sent: Node's `fetch`
   * would unpack a `.gz` file that a server calls compressed, and its checksum is that of the packed one.
   *
   * @throws Error (of the system) when nobody answers
   */
  async get(
    address: string,
    { start, signal }: { readonly start: number; readonly signal: AbortSignal },
  ): Promise<Answer> {
    const range = start > 0 && { range: `bytes=${start}-` };
    const headers = { 'accept-encoding': 'identity', ...range };
    let at = address;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const {
        statusCode,
        headers: answered,
        body,
      } = await send(at, { headers, signal, dispatcher: this.agent });
      const header = (name: string) => [answered[name]].flat()[0];
      const location = header('location');
      if (statusCode < 301 || statusCode > 308 || location === undefined)
        return { status: statusCode, header, body };
      await body.dump();
      at = new URL(location, at).href;
    }
    throw new Error(`it sends on more than ${mostRedirects} times`);
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}
