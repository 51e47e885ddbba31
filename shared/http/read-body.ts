/** Reads a JSON body, and refuses one of another type (415), one that is too large (413) and one that does not parse (400). */
import type { HttpRequest } from '@azure/functions';
import { AppError, type FieldError } from '../errors.ts';
import { formErrors } from './json-form.ts';

/** The largest body that is accepted, in bytes. */
const maxBodyBytes = 256 * 1024;

const jsonTypes = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** The parsed body; undefined when there is none. Of a member that is there twice it has the last, as any event of ACS may. */
export async function readJson(request: HttpRequest): Promise<unknown> {
  return (await readText(request))?.value;
}

/** A body as text, and the value that it is. */
interface Json {
  readonly text: string;
  readonly value: unknown;
}

async function readText(request: HttpRequest): Promise<Json | undefined> {
  const type = request.headers.get('content-type');
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBodyBytes) {
    checkType(type);
    throw tooLarge(declared);
  }
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) {
    return undefined;
  }
  checkType(type);
  if (bytes.byteLength > maxBodyBytes) {
    throw tooLarge(bytes.byteLength);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch (error) {
    throw new AppError('invalidJson', `Expected a JSON body in UTF-8, got a ${String(error)}.`, {}, { cause: error });
  }
}

/** The body as far as it may be read: one that states no length is left as soon as it is too large, whatever would follow. */
async function readBytes({ body }: HttpRequest): Promise<Uint8Array> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (reader !== undefined && length <= maxBodyBytes) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    chunks.push(value);
    length += value.byteLength;
  }
  // The rest is the host's to drain or to cut off: canceling would close the connection before the answer is sent.
  return Buffer.concat(chunks);
}

/** A body as fields. A body that is no object has none, and an error, which is reported with those of the fields. */
export interface Fields {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
}

/** The parsed body as an object, with what is wrong with its form: an absent body is an empty one. */
export async function readObject(request: HttpRequest): Promise<Fields> {
  const body = await readText(request);
  if (body === undefined) {
    return { fields: {}, errors: [] };
  }
  const { text, value } = body;
  const errors = formErrors(text);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject
    ? { fields: { ...value }, errors }
    : { fields: {}, errors: [{ path: '', message: 'expected a JSON object' }, ...errors] };
}

function checkType(type: string | null): void {
  if (type === null || !jsonTypes.test(type)) {
    throw new AppError('unsupportedMediaType', `Expected content-type application/json, got ${type ?? 'none'}.`);
  }
}

function tooLarge(bytes: number): AppError {
  return new AppError('bodyTooLarge', `Expected a body of at most ${maxBodyBytes} bytes, got ${bytes} or more.`);
}
