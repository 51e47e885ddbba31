/**
 * Has the Bicep compiler check the infrastructure: no error, no warning, no finding of its linter, its own formatting, and
 * plans in test/infra/plans that are those of the sources. `--write` formats, and writes the plans anew.
 */
import { fileURLToPath } from 'node:url';
import { checkFormat, checkPlans, diagnose } from './check.ts';
import { findCompiler, pinnedVersion } from './compiler.ts';
import { CompilerSession } from './session.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const write = process.argv.includes('--write');

try {
  const { path, version } = await findCompiler();
  if (version !== pinnedVersion) {
    console.warn(`Bicep ${version} is not ${pinnedVersion}, by which the plans were made: it may find other things.`);
  }
  process.exitCode = await check(path);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function check(compiler: string): Promise<number> {
  const session = new CompilerSession(compiler);
  try {
    const unformatted = await checkFormat(session, root, write);
    const diagnostics = await diagnose(session, root);
    // What does not compile has no plan.
    const plans = diagnostics.length === 0 ? await checkPlans(session, root, write) : [];
    const faults = [...diagnostics, ...unformatted, ...plans];
    if (faults.length > 0) {
      console.error(faults.join('\n'));
      console.error(`${faults.length} faults. \`npm run bicep -- --write\` formats, and writes plans anew.`);
    }
    return faults.length === 0 ? 0 : 1;
  } finally {
    session.close();
  }
}
