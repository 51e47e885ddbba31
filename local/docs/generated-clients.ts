/**
 * `npm run generated-clients`: follows docs/how-to/generate-a-client.md, compiles the C# program and parses the Python one.
 * What the machine has no tool for is skipped, with the reason. It is no test: the compiler takes a minute.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readOptions } from '../command-line.ts';
import { runCommand } from '../dev/interruption.ts';

const run = promisify(execFile);

const page = await readFile('docs/how-to/generate-a-client.md', 'utf8');
const block = (language: string) =>
  new RegExp(`^\`\`\`${language}\\b.*\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';

/** Whether the machine has a program; says so when it has not. */
async function has(program: string, skipped: string): Promise<boolean> {
  const found = await run(program, ['--version']).then(
    () => true,
    () => false,
  );
  if (!found) {
    console.log(`skipped: ${skipped}, because this machine has no ${program}`);
  }
  return found;
}

async function compile(): Promise<void> {
  if (!(await has('dotnet', 'both clients'))) {
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'generated-clients-'));
  try {
    await copyFile('docs/openapi.json', join(folder, 'openapi.json'));
    await Promise.all(['csharp', 'python'].map((name) => mkdir(join(folder, name))));
    await writeFile(join(folder, 'csharp/Example.csproj'), block('xml'));
    await writeFile(join(folder, 'csharp/Program.cs'), block('csharp'));
    await writeFile(join(folder, 'python/example.py'), block('python'));
    await run('sh', ['-euc', block('sh')], { cwd: folder });
    await run('dotnet', ['build', '-v', 'q', '--nologo'], { cwd: join(folder, 'csharp') });
    console.log('compiled: the C# client and its program');
    if (await has('python3', 'the Python client')) {
      await run('python3', ['-m', 'compileall', '-q', 'python'], { cwd: folder });
      console.log('parsed: the Python client and its program');
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

const usage = `Usage: npm run generated-clients

Generates clients of the API for C# and Python as docs/how-to/generate-a-client.md says, and compiles its programs.

  --help    print this
`;

await runCommand(async (args) => {
  const { help } = readOptions(args, { help: { type: 'boolean', default: false } }, usage);
  return help ? console.log(usage) : compile();
});
