/** Puts a person into a field of an operation's or a sequence's input. */

/** The example with that person in the field of the path, where `[]` stands for a list of one. */
export function withPerson(example: object, path: string, one: unknown): Record<string, unknown> {
  const [head = '', ...rest] = path.split('.');
  const name = head.replace('[]', '');
  const value = rest.length > 0 ? { ...elsewhere, ...withPerson({}, rest.join('.'), one) } : one;
  return { ...example, ...besides[name], [name]: head.endsWith('[]') ? [value] : value };
}

/** What the entries of a list need besides the person. */
const elsewhere = { channel: 0 };

/** What a field needs beside it. */
const besides: Readonly<Record<string, object>> = { channelAffinity: { channel: 'unmixed', format: 'wav' } };
