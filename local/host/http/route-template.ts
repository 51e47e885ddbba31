/** ASP.NET Core route templates: parsing, matching, and which of several templates comes first. */

import { HostError } from '../errors.ts';
import { type Parameter, parseSegment, type Segment } from './route-segment.ts';

export type RouteParameters = Readonly<Record<string, string>>;

export interface RouteTemplate {
  readonly text: string;
  /** Equal for templates that match the same paths whatever their parameters are called. */
  readonly signature: string;
  /** One digit per segment, literals before constrained parameters before free ones before catch-alls. */
  readonly precedence: readonly number[];
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
    if (whole(segment)?.isCatchAll || whole(segment)?.isOptional) {
      throw new HostError(`Route "${text}": only its last segment can be optional or a catch-all.`);
    }
  });
  return {
    text,
    signature: segments.map((segment) => segment.parts.map(signatureOf).join('')).join('/'),
    precedence: segments.map(precedenceOf),
    match: (path) => matchSegments(segments, path),
  };
}

/** Sorts the most specific template first, as ASP.NET Core's inbound precedence does. */
export function byPrecedence(one: RouteTemplate, other: RouteTemplate): number {
  const length = Math.max(one.precedence.length, other.precedence.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (one.precedence[index] ?? 0) - (other.precedence[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function matchSegments(segments: readonly Segment[], path: readonly string[]): RouteParameters | undefined {
  const last = segments.at(-1);
  const takesRest = last !== undefined && whole(last)?.isCatchAll === true;
  if (path.length > segments.length && !takesRest) {
    return undefined;
  }
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const isRest = takesRest && segment === last;
    const value = isRest ? path.slice(index).join('/') : path[index];
    const captured = value === undefined || (isRest && value === '') ? absent(segment) : present(segment, value);
    if (captured === undefined) {
      return undefined;
    }
    Object.assign(parameters, captured);
  }
  return parameters;
}

function present(segment: Segment, value: string): RouteParameters | undefined {
  const groups = segment.pattern.exec(value)?.slice(1);
  if (groups === undefined) {
    return undefined;
  }
  const parameters: Record<string, string> = {};
  for (const part of segment.parts) {
    if (typeof part === 'string') {
      continue;
    }
    const captured = groups.shift() ?? '';
    if (!part.constraints.every((holds) => holds(captured))) {
      return undefined;
    }
    parameters[part.name] = captured;
  }
  return parameters;
}

/** A segment the path does not have: fine when it is optional, a catch-all, or has a default. */
function absent(segment: Segment): RouteParameters | undefined {
  const parameter = whole(segment);
  if (parameter?.defaultValue !== undefined) {
    return { [parameter.name]: parameter.defaultValue };
  }
  return parameter?.isOptional || parameter?.isCatchAll ? {} : undefined;
}

/** The parameter that is all of a segment. */
function whole({ parts: [part, ...others] }: Segment): Parameter | undefined {
  return typeof part === 'string' || others.length > 0 ? undefined : part;
}

function precedenceOf(segment: Segment): number {
  const parameter = whole(segment);
  if (parameter === undefined) {
    return segment.parts.length > 1 ? 2 : 1;
  }
  return 3 - (parameter.constraints.length > 0 ? 1 : 0) + (parameter.isCatchAll ? 2 : 0);
}

function signatureOf(part: string | Parameter): string {
  if (typeof part === 'string') {
    return part.toLowerCase();
  }
  return `{${part.isCatchAll ? '*' : ''}${part.constraintText.toLowerCase()}${part.isOptional ? '?' : ''}}`;
}

function nameOf(part: string | Parameter): string | undefined {
  return typeof part === 'string' ? undefined : part.name.toLowerCase();
}
