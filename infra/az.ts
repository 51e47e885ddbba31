/** Runs the Azure CLI, and scripts that use it: a failure that does not pass by itself comes with its remedy. */
import { execFile } from 'node:child_process';

/** The CLI is missing, or it refused. */
export class AzError extends Error {
  override readonly name = 'AzError';

  /** What to do about it; undefined when the same request may succeed later. */
  readonly mend: string | undefined;

  constructor(message: string, mend: string | undefined) {
    super(message);
    this.mend = mend;
  }
}

/** Failures that repeating does not cure, by what the CLI writes of them. */
const lasting: readonly { readonly says: RegExp; readonly mend: string }[] = [
  {
    says: /az login|AADSTS\d/,
    mend: 'Sign in with `az login`: the Azure CLI has an account of its own, beside that of azd.',
  },
  {
    says: /AuthorizationFailed/,
    mend: 'The account needs the role Contributor at the resource group; docs/deploy.md has the roles of a pipeline.',
  },
  {
    says: /SubscriptionNotFound/,
    mend: 'Check AZURE_SUBSCRIPTION_ID, and that the account may see that subscription.',
  },
  { says: /ResourceGroupNotFound|ResourceNotFound/, mend: 'Run `azd provision` first.' },
];

/** What to do about a failure; undefined when it may pass. */
export function mendOf(stderr: string): string | undefined {
  return lasting.find(({ says }) => says.test(stderr))?.mend;
}

/** What the CLI writes for a command. Rejects with an AzError that quotes it. */
export function az(args: readonly string[]): Promise<string> {
  // On Windows the CLI is a script, which only a shell runs.
  const shell = process.platform === 'win32';
  return new Promise((resolve, reject) => {
    execFile('az', [...args], { shell, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else if (error.code === 'ENOENT') {
        reject(new AzError('There is no `az`.', 'Install the Azure CLI: https://aka.ms/azure-cli'));
      } else {
        const said = stderr.trim() || error.message;
        reject(new AzError(`\`az ${args.slice(0, 3).join(' ')}\` failed: ${said}`, mendOf(said)));
      }
    });
  });
}

/**
 * Runs a script that has its settings from the environment: it refuses arguments, such as
 * `--help`. A failure goes to stderr with its remedy, or with this one where none is known, and ends in exit code 1.
 */
export async function runToEnd(script: () => Promise<void>, remedy = ''): Promise<void> {
  try {
    const [argument] = process.argv.slice(2);
    if (argument !== undefined) {
      throw new Error(`There is no option ${argument}.\n\nUsage: no arguments; all settings are in the environment.`);
    }
    await script();
  } catch (error) {
    const mend = error instanceof AzError ? (error.mend ?? remedy) : '';
    console.error(`${error instanceof Error ? error.message : error}\n${mend}`.trim());
    process.exitCode = 1;
  }
}
