/** Reads a JSON body, and refuses one of another type (415), one that is too large (413) and one that does not parse (400). */
import type { HttpRequest } from '@azure/functions';
import { AppError, type FieldError } from '../errors.ts';

/** The largest body that is accepted, in bytes. */
const maxBodyBytes = 256 * 1024;

const jsonTypes = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** The parsed body; undefined when there is none. */
export async function readJson(request: HttpRequest): Promise<unknown> {
  const type = request.headers.get('content-type');
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBodyBytes) {
    checkType(type);
    throw tooLarge(declared);
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength === 0) {
    return undefined;
  }
  checkType(type);
  if (bytes.byteLength > maxBodyBytes) {
    throw tooLarge(bytes.byteLength);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError('invalidJson', `Expected a JSON body in UTF-8, got a ${String(error)}.`, {}, { cause: error });
  }
}

/** A body as fields. A body that is no object has none, and an error, which is reported with those of the fields. */
export interface Fields {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
}

/** The parsed body as an object: an absent body is an empty one. */
export async function readObject(request: HttpRequest): Promise<Fields> {
  const body = await readJson(request);
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (body !== undefined && !isObject) {
    return { fields: {}, errors: [{ path: '', message: 'expected a JSON object' }] };
  }
  return { fields: { ...body }, errors: [] };
}

function checkType(type: string | null): void {
  if (type === null || !jsonTypes.test(type)) {
    throw new AppError('unsupportedMediaType', `Expected content-type application/json, got ${type ?? 'none'}.`);
  }
}

function tooLarge(bytes: number): AppError {
  return new AppError('bodyTooLarge', `Expected a body of at most ${maxBodyBytes} bytes, got ${bytes}.`);
}
