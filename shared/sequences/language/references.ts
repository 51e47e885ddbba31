/**
 * References: a string that starts with `$` stands for a part of the input or of what an earlier step produced; and the
 * conditions that compare such values. Pure.
 */
import type { Condition } from './definition.ts';

/** What references can name. */
export interface Names {
  readonly input: Readonly<Record<string, unknown>>;
  readonly callId: string | undefined;
  readonly sequenceId: string;
  /** The record of a step: its `status`, `operationId`, `callId`, `result`, `error`, `event`. */
  readonly step?: (id: string) => unknown;
}

const pattern = /^\$(?:callId|sequenceId|input(?:\.[\w-]+)+|steps\.[A-Za-z][\w-]*(?:\.[\w-]+)+)$/;

/** Whether a string is meant as a reference: `$$` stands for a plain `$`. */
export function isReference(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('$') && !value.startsWith('$$');
}

export function isWellFormed(reference: string): boolean {
  return pattern.test(reference);
}

/** The id of the step that a reference names, if it names one. */
export function stepIdIn(reference: string): string | undefined {
  return /^\$steps\.([\w-]+)/.exec(reference)?.[1];
}

/** The value at a reference; undefined when there is none. */
export function dereference(reference: string, names: Names): unknown {
  const [root, ...path] = reference.slice(1).split('.');
  switch (root) {
    case 'callId':
      return names.callId;
    case 'sequenceId':
      return names.sequenceId;
    case 'input':
      return memberAt(names.input, path);
    default:
      return memberAt(names.step?.(String(path[0])), path.slice(1));
  }
}

/** Whether a condition holds; a reference without a value equals nothing. */
export function holds({ ref, equals, in: list, exists }: Condition, names: Names): boolean {
  const value = dereference(ref, names);
  if (exists !== undefined) {
    return (value !== undefined) === exists;
  }
  return (list ?? [equals]).some((one) => one === value);
}

/** A value with its references replaced; a member whose reference has no value is left out. */
function resolve(value: unknown, names: Names): unknown {
  if (isReference(value)) {
    return dereference(value, names);
  }
  if (typeof value === 'string') {
    return value.replace(/^\$\$/, '$');
  }
  if (Array.isArray(value)) {
    return value.map((one) => resolve(one, names)).filter((one) => one !== undefined);
  }
  return typeof value === 'object' && value !== null ? resolveFields(value, names) : value;
}

/** The members of an object, resolved; those without a value are left out. */
export function resolveFields(value: object, names: Names): Record<string, unknown> {
  const resolved = Object.entries(value).map(([name, member]) => [name, resolve(member, names)] as const);
  return Object.fromEntries(resolved.filter(([, member]) => member !== undefined));
}

/** The first reference within a value to what a step did not produce. A member of the input may be missing. */
export function missingReference(value: unknown, names: Names): string | undefined {
  return referencesIn(value, '')
    .map(({ reference }) => reference)
    .find((reference) => !reference.startsWith('$input') && dereference(reference, names) === undefined);
}

/** A value whose strings are taken literally, except in lists of steps: the members named `steps`. */
export function asLiteral(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.startsWith('$') ? `$${value}` : value;
  }
  if (Array.isArray(value)) {
    return value.map(asLiteral);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, name === 'steps' ? member : asLiteral(member)]),
      )
    : value;
}

/** The references within a value, with their JSON paths. */
export function referencesIn(value: unknown, path: string): { readonly path: string; readonly reference: string }[] {
  if (isReference(value)) {
    return [{ path, reference: value }];
  }
  if (Array.isArray(value)) {
    return value.flatMap((one, index) => referencesIn(one, `${path}[${index}]`));
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => referencesIn(member, `${path}.${name}`))
    : [];
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, name)
        ? (found as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}
