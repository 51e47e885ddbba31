/** Ctrl-C and its relatives: the first asks to stop, a second one means now. */

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes on the Ctrl-C that the terminal has sent to every process already: two within this time count as one. */
const echoMs = 500;

/** Aborted by the first signal, or when the parent closes its channel to this process; `kill` is called by a second. */
export function interruption(kill: () => void): AbortSignal {
  const stopping = new AbortController();
  let firstAt: number | undefined;
  const interrupt = () => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      stopping.abort(new Interrupted());
    } else if (Date.now() - firstAt > echoMs) {
      kill();
      process.exit(130);
    }
  };
  for (const signal of signals) {
    process.on(signal, interrupt);
  }
  process.once('disconnect', interrupt);
  return stopping.signal;
}

/** The reason of an abort that a person asked for. */
class Interrupted extends Error {
  constructor() {
    super('Interrupted.');
    this.name = 'Interrupted';
  }
}

/** Runs a command with its arguments. An error is printed, exit code 1; a person's interruption has a code of its own. */
export async function runCommand(
  command: (args: readonly string[]) => Promise<void>,
  exitCodeWhenInterrupted = 0,
): Promise<void> {
  try {
    await command(process.argv.slice(2));
  } catch (error) {
    const isInterrupted = error instanceof Interrupted;
    process.exitCode = isInterrupted ? exitCodeWhenInterrupted : 1;
    if (!isInterrupted) {
      console.error(error instanceof Error ? error.message : error);
    }
  }
  // The channel to a parent, if there is one, would keep the process.
  if (process.connected) {
    process.disconnect();
  }
}
