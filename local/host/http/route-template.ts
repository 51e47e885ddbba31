/** ASP.NET Core route templates: parsing and matching. */

import { HostError } from '../errors.ts';
import { captures, type Parameter, parseSegment, type RouteParameters, type Segment, whole } from './route-segment.ts';

export interface RouteTemplate {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** The parameters when the path matches, else undefined. */
  match(path: readonly string[]): RouteParameters | undefined;
}

/** Parses a template such as `calls/{id:guid}/media/{*rest}`; throws naming what is malformed. */
export function parseRouteTemplate(text: string): RouteTemplate {
  const segments = text === '' ? [] : text.split('/').map((segment) => parseSegment(segment, text));
  const names = segments.flatMap((segment) => segment.parts.map(nameOf)).filter((name) => name !== undefined);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new HostError(`Route "${text}" has two parameters "${repeated}".`);
  }
  segments.slice(0, -1).forEach((segment) => {
    if (whole(segment)?.isCatchAll) {
      throw new HostError(`Route "${text}": only its last segment can be a catch-all.`);
    }
  });
  return {
    text,
    segments,
    match: (path) => matchSegments(segments, path),
  };
}

/** How many segments a path has that the template matches. */
export function lengths(segments: readonly Segment[]): { shortest: number; longest: number } {
  const required = segments.findLastIndex((segment) => absent(segment) === undefined);
  const isOpen = segments.some((segment) => whole(segment)?.isCatchAll);
  return { shortest: required + 1, longest: isOpen ? Number.POSITIVE_INFINITY : segments.length };
}

function matchSegments(segments: readonly Segment[], path: readonly string[]): RouteParameters | undefined {
  const last = segments.at(-1);
  const takesRest = last !== undefined && whole(last)?.isCatchAll === true;
  // No route of ASP.NET Core takes an empty segment in the middle of a path, not even a catch-all (TemplateMatcher.cs).
  if (path.includes('') || (path.length > segments.length && !takesRest)) {
    return undefined;
  }
  const parameters: Record<string, string | undefined> = {};
  for (const [index, segment] of segments.entries()) {
    const isRest = takesRest && segment === last;
    const value = isRest ? path.slice(index).join('/') : path[index];
    const captured = value === undefined || (isRest && value === '') ? absent(segment) : captures(segment, value);
    if (captured === undefined) {
      return undefined;
    }
    Object.assign(parameters, captured);
  }
  return parameters;
}

/** A segment the path does not have: fine when it is optional, a catch-all, or has a default. */
function absent(segment: Segment): RouteParameters | undefined {
  const parameter = whole(segment);
  if (parameter === undefined) {
    return undefined;
  }
  const { name, defaultValue, isOptional, isCatchAll } = parameter;
  return defaultValue !== undefined || isOptional || isCatchAll ? { [name]: defaultValue } : undefined;
}

function nameOf(part: string | Parameter): string | undefined {
  return typeof part === 'string' ? undefined : part.name.toLowerCase();
}
