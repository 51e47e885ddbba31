/** A JSON document in a table entity: split over properties, because a string property holds 64 KiB at most. */

/** Characters per property: Table Storage counts UTF-16, two bytes each. */
const chunkLength = 32_000;
const maxChunks = 28;

type Entity = { partitionKey: string; rowKey: string } & Record<string, string>;

/** The entity of a document. Throws when the document is larger than an entity can be (about 1 MiB). */
export function toEntity(partitionKey: string, rowKey: string, document: unknown): Entity {
  const text = JSON.stringify(document);
  const chunks = Math.max(1, Math.ceil(text.length / chunkLength));
  if (chunks > maxChunks) {
    throw new RangeError(
      `a document of ${text.length} characters does not fit a table entity (${maxChunks * chunkLength})`,
    );
  }
  const properties = Array.from({ length: chunks }, (_, index) => [
    `d${index}`,
    text.slice(index * chunkLength, (index + 1) * chunkLength),
  ]);
  return { ...Object.fromEntries(properties), partitionKey, rowKey };
}

/** The document of an entity that `toEntity` made; of an entity without one, an empty document. */
export function fromEntity<T>(entity: object): T {
  const properties = new Map(Object.entries(entity));
  let text = '';
  for (let index = 0; properties.has(`d${index}`); index += 1) {
    text += String(properties.get(`d${index}`));
  }
  return JSON.parse(text || '{}');
}

/** A key of a text that may have any characters: `/ \\ # ?` and control characters are not allowed in table keys. */
export function toKey(text: string): string {
  return text
    .replaceAll(forbiddenInKey, (character) => `=${character.charCodeAt(0).toString(16)}`)
    .slice(0, maxKeyLength);
}

const maxKeyLength = 500;
const forbiddenInKey = /[/\\#?%=\p{Cc}]/gu;

/** A key that sorts later times first. */
export function newestFirst(time: string): string {
  return String(9_999_999_999_999 - Date.parse(time)).padStart(13, '0');
}
