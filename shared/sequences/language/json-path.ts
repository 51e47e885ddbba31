/** Places in data, as faults name them: `steps[0].with.target`. */
import type { FieldError } from '../../errors.ts';

/** A fault of a part, told by its place in the whole. */
export function within(path: string, fault: FieldError): FieldError {
  return { ...fault, path: fault.path === '' ? path : `${path}.${fault.path}` };
}

/**
 * The place in a source of what is at a place in a whole that was made of it: of the outermost part that both share.
 * Undefined when they share nothing on the way to that place.
 */
export function pathInSource(path: string, whole: unknown, source: unknown): string | undefined {
  const places = placesOf(source, '');
  let part = whole;
  for (const { 0: key, index } of path.matchAll(/[^.[\]]+/g)) {
    part = Object(part)[key];
    const place = places.get(part);
    if (place !== undefined) {
      return `${place}${path.slice(index + key.length).replace(/^\]/, '')}`;
    }
  }
  return undefined;
}

/** The objects and lists within a value, by their places. */
function placesOf(value: unknown, path: string): Map<unknown, string> {
  if (typeof value !== 'object' || value === null) {
    return new Map();
  }
  const inside = Object.entries(value).flatMap(([name, member]) => [
    ...placesOf(member, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`),
  ]);
  return new Map([[value, path], ...inside]);
}
