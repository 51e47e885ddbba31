/** One segment of a route template: literal text, a parameter, or a mix as in `{name}.{extension}`. */

import { HostError } from '../errors.ts';
import { type Constraint, constraint } from './route-constraints.ts';

/** Undefined for one that is optional and not in the path. */
export type RouteParameters = Readonly<Record<string, string | undefined>>;

export interface Parameter {
  readonly name: string;
  readonly isCatchAll: boolean;
  readonly isOptional: boolean;
  readonly defaultValue: string | undefined;
  readonly constraintText: string;
  readonly constraints: readonly Constraint[];
}

export interface Segment {
  readonly parts: readonly (string | Parameter)[];
  /** Matches the whole segment; one group per parameter. */
  readonly pattern: RegExp;
  /** Equal for segments that match the same text, whatever their parameters are called. */
  readonly signature: string;
}

const parameterSyntax =
  /^(?<stars>\*{0,2})(?<name>[^*:=?/]+)(?<constraints>(?::[a-z]+(?:\(.*?\)(?=[:=?]|$))?)*)(?:(?<optional>\?)|=(?<fallback>.*))?$/i;
const constraintSyntax = /:([a-z]+)(?:\((.*?)\)(?=:|$))?/gi;
/** Text, or a parameter in braces; doubled braces are braces. */
const partSyntax = /\{((?:[^{}]|\{\{|\}\})+)\}|((?:[^{}]|\{\{|\}\})+)/gy;

/** Parses a segment of `template`; throws when its braces or a parameter in them are not well-formed. */
export function parseSegment(text: string, template: string): Segment {
  const parts = partsOf(text, template);
  const parameters = parts.filter((part) => typeof part !== 'string');
  if (
    parts.length > 1 &&
    parameters.some((one) => one.isOptional || one.isCatchAll || one.defaultValue !== undefined)
  ) {
    throw new HostError(`Route "${template}": an optional or catch-all parameter must be the whole segment "${text}".`);
  }
  const source = parts.map((part) => (typeof part === 'string' ? escapeRegExp(part) : '(.+)')).join('');
  return { parts, pattern: new RegExp(`^${source}$`, 'is'), signature: parts.map(signatureOf).join('') };
}

/** The parameters in a segment of a path that the segment matches, else undefined. */
export function captures(segment: Segment, value: string): RouteParameters | undefined {
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

/** The parameter that is all of a segment. */
export function whole({ parts: [part, ...others] }: Segment): Parameter | undefined {
  return typeof part === 'string' || others.length > 0 ? undefined : part;
}

function signatureOf(part: string | Parameter): string {
  if (typeof part === 'string') {
    return part.toLowerCase();
  }
  return `{${part.isCatchAll ? '*' : ''}${part.constraintText.toLowerCase()}}`;
}

function partsOf(text: string, template: string): (string | Parameter)[] {
  const found = [...text.matchAll(partSyntax)];
  if (found.reduce((length, [part]) => length + part.length, 0) !== text.length || text === '') {
    throw new HostError(`Route "${template}" has the malformed segment "${text}": expected text or {parameter}.`);
  }
  return found.map(([, parameter, literal = '']) =>
    parameter === undefined ? unescapeBraces(literal) : parseParameter(unescapeBraces(parameter), template),
  );
}

function parseParameter(text: string, template: string): Parameter {
  const groups = parameterSyntax.exec(text)?.groups;
  if (groups === undefined) {
    throw new HostError(`Route "${template}" has the malformed parameter "{${text}}".`);
  }
  const { stars = '', name = '', constraints = '', optional, fallback } = groups;
  return {
    name,
    isCatchAll: stars !== '',
    isOptional: optional !== undefined,
    defaultValue: fallback,
    constraintText: constraints,
    constraints: [...constraints.matchAll(constraintSyntax)].map(([, kind = '', argument = '']) =>
      constraint(kind, argument, template),
    ),
  };
}

function unescapeBraces(text: string): string {
  return text.replaceAll('{{', '{').replaceAll('}}', '}');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
