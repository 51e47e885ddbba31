/**
 * The texts that table storage takes: documents as JSON in entities, and keys. Whatever a text from outside holds, the
 * request is well formed: storage refuses a transaction for one character, and with it everything beside it.
 */
import { createHash } from 'node:crypto';
import { shortened } from '../shortened.ts';

/** Characters per property: Table Storage counts UTF-16, two bytes each, and takes 64 KiB. */
const chunkLength = 32_000;
/** An entity has 1 MiB at most, names and keys included. */
const maxChunks = 16;

type Entity = { partitionKey: string; rowKey: string } & Record<string, string>;

/** The entity of a document. Throws when the document is larger than an entity can be (about 1 MiB). */
export function toEntity(partitionKey: string, rowKey: string, document: unknown): Entity {
  return { ...toProperties('d', document), partitionKey, rowKey };
}

/** The document of an entity that `toEntity` made; of an entity without one, an empty document. */
export function fromEntity<T>(entity: object): T {
  const document = fromProperties<T>('d', entity);
  return document === undefined ? ({} as T) : document;
}

/**
 * The properties of a document under a name, for an entity that has several. The last one is empty: it ends a document that
 * is merged over a longer one.
 */
export function toProperties(name: string, document: unknown): Record<string, string> {
  const chunks = chunksOf(toText(document));
  if (chunks.length > maxChunks) {
    throw new RangeError(`a document of ${chunks.length} times ${chunkLength} characters does not fit a table entity`);
  }
  return Object.fromEntries([...chunks, ''].map((chunk, index) => [`${name}${index}`, chunk]));
}

/** The document that `toProperties` wrote under a name; undefined when there is none. */
export function fromProperties<T>(name: string, entity: object): T | undefined {
  const properties = new Map(Object.entries(entity));
  let text = '';
  for (let index = 0; properties.get(`${name}${index}`); index += 1) {
    text += String(properties.get(`${name}${index}`));
  }
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * JSON without the characters that a request to storage may not survive: control characters, line separators and code points
 * that are no characters. JSON.stringify escapes the surrogates that have no partner.
 */
function toText(document: unknown): string {
  return JSON.stringify(document).replaceAll(
    unsafeInValue,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const unsafeInValue = /[\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/g;

/** Pieces that fit a property. None ends within a surrogate pair: each half alone is no text. */
function chunksOf(text: string): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = start + shortened(text.slice(start, start + chunkLength + 1), chunkLength).length;
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}

/**
 * A key of a text that may have any characters. Only letters, digits and `:._-` stay as they are: tables refuse others, URLs
 * change some, and a list ends at `~`. Different texts have different keys; a long one ends with a digest.
 */
export function toKey(text: string): string {
  const key = text.replaceAll(encodedInKey, (unit) => `=${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return key.length <= maxKeyLength ? key : `${key.slice(0, maxKeyLength - digestLength)}=_${digestOf(text)}`;
}

/** Whether a text can be a key that `toKey` made. */
export function isKey(text: string): boolean {
  return /^[\w:.=-]*$/.test(text) && text.length <= maxKeyLength;
}

/** A key has 1 KiB at most, in UTF-16. */
const maxKeyLength = 500;
const digestLength = 45;
const encodedInKey = /[^\w:.-]/g;

/** Of the UTF-16 units: in UTF-8 all surrogates without a partner are the same. */
function digestOf(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('base64url');
}

/** A key that sorts later times first. */
export function newestFirst(time: string): string {
  return String(9_999_999_999_999 - Date.parse(time)).padStart(13, '0');
}
