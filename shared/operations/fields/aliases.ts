/** The names that ACS's documents use for fields of every operation, accepted beside Switchboard's. */

/** Each alias with the field that it stands for. */
export const aliases = { operationContext: 'context', operationCallbackUrl: 'notifyUrl' } as const;

type Fields = Readonly<Record<string, unknown>>;

const pairs = Object.entries(aliases);

/** A request under Switchboard's names. Two requests that differ in these names only are the same request. */
export function withOwnNames<Input extends Fields>(input: Input): Input {
  const own = Object.entries(input).filter(([name]) => !Object.hasOwn(aliases, name));
  const given = pairs.flatMap(([alias, name]) => (input[alias] === undefined ? [] : [[name, input[alias]]]));
  return Object.fromEntries([...given, ...own]) as Input;
}

/** Both names of one field with different values leave open which is meant. */
export const aliasRules = pairs.map(([alias, name]) => ({
  agrees: (input: Fields) => input[alias] === undefined || input[name] === undefined || input[alias] === input[name],
  rule: { path: [alias], message: `another value than ${name}, which is the same field`, when: () => true },
}));

/** The names under which a request may have the URL of a receiver. */
export const notifyUrlNames = ['notifyUrl', ...pairs.flatMap(([alias, name]) => (name === 'notifyUrl' ? [alias] : []))];
