import { OptionError } from '@dist-gan/core';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A bucket, and how to reach it. */
export interface BucketAddress {
  /** As it was given: there is nothing secret in it. */
  readonly text: string;
  readonly bucket: string;
  /** Before all keys: empty, or with a slash at its end. */
  readonly prefix: string;
  /** Of the server: `https://host:port`. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
}

/**
 * Reads `s3://bucket/prefix`. Server and keys come from the environment, under the names that all programs for S3 know:
 * `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` (default: Amazon's of the region), `AWS_REGION` or `AWS_DEFAULT_REGION` (default
 * `us-east-1`), `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`.
 *
 * @throws OptionError for what is no such address, and when there are no keys
 */
export function readBucketAddress(text: string, environment: Environment): BucketAddress {
  const [, bucket, path = ''] =
    /^s3:\/\/([a-z\d][a-z\d.-]{1,61}[a-z\d])((?:\/[\w.-]+)*)\/?$/.exec(text) ?? [];
  if (bucket === undefined || path.split('/').some((part) => part === '.' || part === '..')) {
    throw new OptionError(
      '--storage must be a bucket of S3 and a prefix in it, for instance s3://runs/grid; its server and keys are named by AWS_ENDPOINT_URL, ' +
        'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment',
      '--storage',
      undefined,
    );
  }
  const named = (...names: string[]) => names.map((name) => environment[name]).find(Boolean);
  const region = named('AWS_REGION', 'AWS_DEFAULT_REGION') ?? 'us-east-1';
  const accessKey = named('AWS_ACCESS_KEY_ID');
  const secretKey = named('AWS_SECRET_ACCESS_KEY');
  const sessionToken = named('AWS_SESSION_TOKEN');
  if (accessKey === undefined || secretKey === undefined) {
    throw new OptionError(
      `--storage ${text} needs the keys to it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment of this machine`,
      '--storage',
      text,
    );
  }
  return {
    text,
    bucket,
    prefix: path === '' ? '' : `${path.slice(1)}/`,
    endpoint: readEndpoint(
      named('AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL') ?? `https://s3.${region}.amazonaws.com`,
    ),
    region,
    accessKey,
    secretKey,
    ...(sessionToken !== undefined && { sessionToken }),
  };
}

/** @throws OptionError for what is no address of a server; it is not shown, for it may hold a password */
function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '')
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  throw new OptionError(
    'AWS_ENDPOINT_URL must be the address of a server of S3 without user and password, for instance https://minio.lab:9000',
    'AWS_ENDPOINT_URL',
    undefined,
  );
}
