/** A command line that cannot be a request: it ends with the help of its command, where it names one. */
import type { Command } from './commands.ts';

/** Arguments that name no command, or not what the command takes. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly command: Command | undefined;

  constructor(message: string, command?: Command) {
    super(message);
    this.command = command;
  }
}
