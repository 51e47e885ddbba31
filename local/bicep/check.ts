/** Checks the infrastructure by the compiler: diagnostics, formatting, and plans that differ from the sources. */
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { CompilerSession, Diagnostic, PlanMetadata } from './session.ts';

const sources = ['infra/**/*.bicep', 'test/infra/plans/*.bicepparam'];
const parameterFiles = 'test/infra/plans/*.bicepparam';

/** A subscription id that does not exist. */
const inSubscription: PlanMetadata = {
  tenantId: '00000000-0000-0000-0000-000000000001',
  subscriptionId: '00000000-0000-0000-0000-000000000002',
  location: 'westeurope',
  deploymentName: 'plan',
};

/** What is deployed into a resource group; the compiler refuses a group for what makes its own. */
const inGroup: PlanMetadata = { ...inSubscription, resourceGroup: 'rg-plan' };

/** Errors, warnings and what the linter finds, as `file:line:column code message`. */
export async function diagnose(session: CompilerSession, root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of filesOf(root, sources)) {
    const { diagnostics } = await session.request('bicep/compile', { path });
    found.push(...diagnostics.filter(({ level }) => level !== 'Off').map((one) => lineOf(root, one)));
  }
  // A module is compiled with each file that uses it.
  return [...new Set(found)].sort();
}

/** Files whose formatting is not the compiler's; formats them if asked to. */
export async function checkFormat(session: CompilerSession, root: string, write: boolean): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of filesOf(root, sources)) {
    const { contents } = await session.request('bicep/format', { path });
    if (await differs(path, contents, write)) {
      found.push(`${relative(root, path)} is not formatted`);
    }
  }
  return found;
}

/** Plans that differ from those of the sources; writes them anew if asked to. */
export async function checkPlans(session: CompilerSession, root: string, write: boolean): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of filesOf(root, [parameterFiles])) {
    const makesItsGroup = (await readFile(path, 'utf8')).includes("/main.bicep'");
    const metadata = makesItsGroup ? inSubscription : inGroup;
    const { snapshot } = await session.request('bicep/getSnapshot', { path, metadata });
    const plan = path.replace(/\.bicepparam$/, '.snapshot.json');
    if (await differs(plan, inOrder(snapshot), write)) {
      found.push(`${relative(root, plan)} is not what ${relative(root, path)} leads to`);
    }
  }
  return found;
}

/** The compiler writes outputs in an order that changes from run to run. */
function inOrder(snapshot: string): string {
  const { outputs, ...rest } = JSON.parse(snapshot) as { readonly outputs: Readonly<Record<string, unknown>> };
  const sorted = Object.fromEntries(Object.entries(outputs).sort(([one], [other]) => (one < other ? -1 : 1)));
  return `${JSON.stringify({ ...rest, outputs: sorted }, undefined, 2)}\n`;
}

function filesOf(root: string, patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root })
    .sort()
    .map((path) => resolve(root, path));
}

function lineOf(root: string, { source, range, code, message }: Diagnostic): string {
  return `${relative(root, source)}:${range.start.line + 1}:${range.start.char + 1} ${code} ${message}`;
}

async function differs(path: string, wanted: string, write: boolean): Promise<boolean> {
  const there = await readFile(path, 'utf8').catch(() => undefined);
  // Git may have given the file the line ends of Windows.
  if (there?.replaceAll('\r\n', '\n') === wanted.replaceAll('\r\n', '\n')) {
    return false;
  }
  if (write) {
    await writeFile(path, wanted);
  }
  return !write;
}
