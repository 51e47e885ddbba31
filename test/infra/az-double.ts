/** A stand-in for the Azure CLI, first in PATH: answers what it is told, and writes down what it was asked. */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the program does in one run. */
export interface Answer {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}

export interface AzDouble {
  /** The folder to put into PATH. */
  readonly folder: string;
  /** The arguments of each run so far. */
  calls(): Promise<readonly (readonly string[])[]>;
  remove(): Promise<void>;
}

/** Each command, by its words, answers in turn; the last answer stays. What has no answer fails as an unknown command. */
export type Script = Readonly<Record<string, readonly Answer[]>>;

const program = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const args = process.argv.slice(2);
const log = join(__dirname, 'calls.jsonl');
const command = args.slice(0, args.findIndex((arg) => arg.startsWith('--'))).join(' ');
const earlier = readFileSync(log, 'utf8').split('\\n').filter((line) => line.startsWith('"' + command + '" ')).length;
appendFileSync(log, JSON.stringify(command) + ' ' + JSON.stringify(args) + '\\n');
const answers = JSON.parse(readFileSync(join(__dirname, 'script.json'), 'utf8'))[command];
const unknown = { stderr: "ERROR: '" + command + "' is misspelled or not recognized by the system.", exitCode: 2 };
const { stdout = '', stderr = '', exitCode = 0 } = answers?.[Math.min(earlier, answers.length - 1)] ?? unknown;
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
`;

export async function startAzDouble(script: Script): Promise<AzDouble> {
  const home = await mkdtemp(join(tmpdir(), 'az-double-'));
  const folder = join(home, 'bin');
  await mkdir(folder);
  await writeFile(join(folder, 'az'), program);
  await chmod(join(folder, 'az'), 0o755);
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }');
  await writeFile(join(folder, 'script.json'), JSON.stringify(script));
  await writeFile(join(folder, 'calls.jsonl'), '');
  return {
    folder,
    async calls() {
      const lines = (await readFile(join(folder, 'calls.jsonl'), 'utf8')).trim().split('\n').filter(Boolean);
      return lines.map((line) => JSON.parse(line.slice(line.indexOf('" ') + 2)) as string[]);
    },
    remove: () => rm(home, { recursive: true }),
  };
}
