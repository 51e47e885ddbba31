/** Reads the options of a command by a table of them. */

import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What `parseArgs` makes of the arguments. An unknown option throws an error that ends in the usage. */
export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  usage: string,
): ReturnType<typeof parseArgs<{ options: Options }>>['values'] {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${usage}`, { cause: error });
  }
}
