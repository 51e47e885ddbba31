/** The inline constraints of ASP.NET Core routes, `{name:constraint(argument)}`, as tests of a decoded segment. */

import { HostError } from '../errors.ts';

export type Constraint = (value: string) => boolean;

type ConstraintMaker = (argument: string) => Constraint;

const matches =
  (pattern: RegExp): ConstraintMaker =>
  () =>
  (value) =>
    pattern.test(value);

const integerBetween = (lowest: bigint, highest: bigint): Constraint => {
  return (value) => /^\s*[+-]?\d+\s*$/.test(value) && BigInt(value) >= lowest && BigInt(value) <= highest;
};

const longest = 2n ** 63n;
const bounds = (argument: string) => argument.split(',').map((bound) => BigInt(bound.trim()));
const lengths = (argument: string) => argument.split(',').map((length) => Number(length.trim()));

const makers: Readonly<Record<string, ConstraintMaker>> = {
  int: () => integerBetween(-(2n ** 31n), 2n ** 31n - 1n),
  long: () => integerBetween(-longest, longest - 1n),
  min: (argument) => integerBetween(bounds(argument)[0] ?? 0n, longest),
  max: (argument) => integerBetween(-longest, bounds(argument)[0] ?? 0n),
  range: (argument) => integerBetween(bounds(argument)[0] ?? 0n, bounds(argument)[1] ?? 0n),
  bool: matches(/^\s*(true|false)\s*$/i),
  decimal: matches(/^\s*[+-]?(\d{1,3}(,\d{3})*|\d+)?(\.\d*)?\s*$(?<=\d.*)/),
  double: matches(/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i),
  float: matches(/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i),
  guid: matches(/^(\{|\()?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}(\}|\))?$/i),
  datetime: () => (value) => /\d/.test(value) && !Number.isNaN(Date.parse(value)),
  alpha: matches(/^[a-z]*$/i),
  required: () => (value) => value !== '',
  minlength: (argument) => (value) => value.length >= Number(argument),
  maxlength: (argument) => (value) => value.length <= Number(argument),
  length: (argument) => {
    const [shortest = 0, most = shortest] = lengths(argument);
    return (value) => value.length >= shortest && value.length <= most;
  },
  /** Case-insensitive and, unless anchored, a search: as .NET's RegexRouteConstraint. */
  regex: (argument) => {
    const pattern = new RegExp(argument, 'i');
    return (value) => pattern.test(value);
  },
};

/** The test that `name(argument)` stands for; throws for a constraint that ASP.NET Core does not have. */
export function constraint(name: string, argument: string, template: string): Constraint {
  const make = makers[name.toLowerCase()];
  if (make === undefined) {
    const known = Object.keys(makers).join(', ');
    throw new HostError(`Route "${template}" has the unknown constraint "${name}". Expected one of ${known}.`);
  }
  try {
    return make(argument);
  } catch (error) {
    throw new HostError(`Route "${template}": "${argument}" is no argument for ${name}.`, { cause: error });
  }
}
