/** JSON paths as validation errors name them, such as `steps[0].with.target`. */
import type { FieldError } from '../../errors.ts';

/** The validation error of a part, with its path in the whole. */
export function within(path: string, error: FieldError): FieldError {
  return { ...error, path: error.path === '' ? path : `${path}.${error.path}` };
}

/**
 * Translates a path in a value that was built from a source into the path in that source: by the outermost object on the
 * way that both share. Undefined when they share none.
 */
export function pathInSource(path: string, built: unknown, source: unknown): string | undefined {
  const paths = pathsOf(source, '');
  let part = built;
  for (const { 0: key, index } of path.matchAll(/[^.[\]]+/g)) {
    part = Object(part)[key];
    const shared = paths.get(part);
    if (shared !== undefined) {
      return `${shared}${path.slice(index + key.length).replace(/^\]/, '')}`;
    }
  }
  return undefined;
}

/** The objects and lists within a value, with their paths. */
function pathsOf(value: unknown, path: string): Map<unknown, string> {
  if (typeof value !== 'object' || value === null) {
    return new Map();
  }
  const nested = Object.entries(value).flatMap(([name, member]) => [
    ...pathsOf(member, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`),
  ]);
  return new Map([[value, path], ...nested]);
}
