/** Runs a script of infra/ as azd or an operator does, with a stand-in for the Azure CLI. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Script, startDoubles } from './doubles.ts';

export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the Azure CLI was called with. */
  readonly calls: readonly (readonly string[])[];
}

/** The script sees nothing of this environment but what is given, and in PATH the double and Node only. */
export async function runScript(
  script: string,
  answers: Script,
  environment: Readonly<Record<string, string>>,
): Promise<Run> {
  const double = await startDoubles({ az: answers });
  try {
    const child = spawn(process.execPath, [script], {
      env: { PATH: [double.folder, dirname(process.execPath)].join(delimiter), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { exitCode: child.exitCode, stdout, stderr, calls: (await double.calls()).map(({ args }) => args) };
  } finally {
    await double.remove();
  }
}
