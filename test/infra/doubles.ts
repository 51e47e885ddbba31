/** Stand-ins for command lines, first in PATH: each answers what its script says, and writes down what it was asked. */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the program does in one run. */
export interface Answer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

/** One run of a program. */
export interface Call {
  readonly program: string;
  /** The command of the script that answered. */
  readonly command: string;
  readonly args: readonly string[];
  /** What came with `--input -`. */
  readonly input: string;
}

export interface Doubles {
  /** The folder to put into PATH. */
  readonly folder: string;
  /** Each run so far. */
  calls(): Promise<readonly Call[]>;
  remove(): Promise<void>;
}

/**
 * A command is the words before the first option, or the most of them that the script has. It answers in turn; the last
 * answer stays. What has no answer fails as an unknown command.
 */
export type Script = Readonly<Record<string, readonly Answer[]>>;

const program = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const args = process.argv.slice(2);
const program = basename(process.argv[1]);
const read = (name) => readFileSync(join(__dirname, name), 'utf8');
const script = JSON.parse(read('scripts.json'))[program];
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const words = args.slice(0, firstOption < 0 ? args.length : firstOption);
const command = words.map((_, index) => words.slice(0, words.length - index).join(' ')).find((some) => script[some]);
const calls = read('calls.jsonl').split('\\n').filter(Boolean).map((line) => JSON.parse(line));
const earlier = calls.filter((call) => call.program === program && call.command === command).length;
const input = args.join(' ').includes('--input -') ? readFileSync(0, 'utf8') : '';
appendFileSync(join(__dirname, 'calls.jsonl'), JSON.stringify({ program, command: command ?? words.join(' '), args, input }) + '\\n');
const unknown = { stderr: "ERROR: '" + words.join(' ') + "' is misspelled or not recognized by the system.", exitCode: 2 };
const answers = script[command];
const { stdout = '', stderr = '', exitCode = 0 } = answers?.[Math.min(earlier, answers.length - 1)] ?? unknown;
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
`;

/** Starts one for each script, by the name of its program. */
export async function startDoubles(scripts: Readonly<Record<string, Script>>): Promise<Doubles> {
  const home = await mkdtemp(join(tmpdir(), 'doubles-'));
  const folder = join(home, 'bin');
  await mkdir(folder);
  for (const name of Object.keys(scripts)) {
    await writeFile(join(folder, name), program);
    await chmod(join(folder, name), 0o755);
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }');
  await writeFile(join(folder, 'scripts.json'), JSON.stringify(scripts));
  await writeFile(join(folder, 'calls.jsonl'), '');
  return {
    folder,
    async calls() {
      const lines = (await readFile(join(folder, 'calls.jsonl'), 'utf8')).trim().split('\n').filter(Boolean);
      return lines.map((line) => JSON.parse(line) as Call);
    },
    remove: () => rm(home, { recursive: true }),
  };
}
