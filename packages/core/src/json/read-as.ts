import * as v from 'valibot';

/**
 * What was written, if it is what a schema asks for.
 *
 * @throws TypeError that says which part is not, and what it is; a caller knows the file and the way out
 */
export function readAs<Schema extends v.GenericSchema>(
  schema: Schema,
  written: unknown,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, written);
  if (success) return output;
  const [issue] = issues;
  const { message, received } = issue;
  const place = v.getDotPath(issue);
  if (place !== null && received === 'undefined') throw new TypeError(`${place} is missing`);
  // The library's own messages say it.
  const got = message.includes(received) ? '' : ` (got ${received})`;
  throw new TypeError(`${place === null ? '' : `${place}: `}${message}${got}`);
}
