/** Places in data, as faults name them: `steps[0].with.target`. */
import type { FieldError } from '../errors.ts';

/** A fault of a part, told by its place in the whole. */
export function within(path: string, fault: FieldError): FieldError {
  const joint = fault.path === '' || fault.path.startsWith('[') ? '' : '.';
  return { ...fault, path: `${path}${joint}${fault.path}` };
}

/**
 * The place in a source of what is at a place in a whole that was made of it: of the outermost part that both share.
 * Undefined when they share nothing on the way to that place.
 */
export function placeInSource(path: string, whole: unknown, source: unknown): string | undefined {
  const places = placesOf(source, '');
  let part = whole;
  let rest = path;
  while (rest !== '') {
    const [key = rest] = /^\.?[^.[\]]+|^\[\d+\]/.exec(rest) ?? [];
    rest = rest.slice(key.length);
    part = memberOf(part, key.replace(/[.[\]]/g, ''));
    const place = places.get(part);
    if (place !== undefined) {
      return `${place}${rest}`;
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

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
