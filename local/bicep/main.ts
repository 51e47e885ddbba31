/**
 * `npm run bicep`: has the Bicep compiler check the infrastructure, i.e. no error, no warning, no finding of its linter, its
 * own formatting, and plans in test/infra/plans that are those of the sources.
 */
import { fileURLToPath } from 'node:url';
import { readOptions } from '../command-line.ts';
import { runCommand } from '../dev/interruption.ts';
import { checkFormat, checkPlans, diagnose } from './check.ts';
import { findCompiler, pinnedVersion } from './compiler.ts';
import { CompilerSession } from './session.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const usage = `Usage: npm run bicep -- [options]

Has the Bicep compiler check infra/ and the plans in test/infra/plans; exits 1 when it finds anything.

  --write   format the files, and write the plans anew
  --help    print this
`;

await runCommand(async (args) => {
  const flag = { type: 'boolean', default: false } as const;
  const { write, help } = readOptions(args, { write: flag, help: flag }, usage);
  if (help) {
    return console.log(usage);
  }
  const { path, version } = await findCompiler();
  if (version !== pinnedVersion) {
    console.warn(`Bicep ${version} is not ${pinnedVersion}, by which the plans were made: it may find other things.`);
  }
  await check(path, write);
});

/** Rejects with all that was found. */
async function check(compiler: string, write: boolean): Promise<void> {
  const session = new CompilerSession(compiler);
  try {
    const unformatted = await checkFormat(session, root, write);
    const diagnostics = await diagnose(session, root);
    // What does not compile has no plan.
    const plans = diagnostics.length === 0 ? await checkPlans(session, root, write) : [];
    const problems = [...diagnostics, ...unformatted, ...plans];
    if (problems.length > 0) {
      const hint = `${problems.length} problems. \`npm run bicep -- --write\` formats, and writes plans anew.`;
      throw new Error([...problems, hint].join('\n'));
    }
  } finally {
    session.close();
  }
}
