/** Rules by which those who deploy and operate find everything in the docs, as it is. */
import { declaredIn, type Infra, textOf } from '../files.ts';
import { difference, type Policy } from '../policy.ts';
import { alertsIn, workbookQueries } from './observability.ts';

const deploy = 'docs/deploy.md';
const operate = 'docs/operate.md';

/** Where outputs of the deployment may be read. */
const readers = [
  'infra/hooks/settings.ts',
  'infra/replay-dead-letters.ts',
  'infra/main.parameters.json',
  deploy,
  operate,
];

/** The parameters of azd, as `NAME=default`. */
function variablesIn(infra: Infra): readonly string[] {
  const found = textOf(infra, 'infra/main.parameters.json').matchAll(/"\$\{(\w+)=?([^}]*)\}"/g);
  return [...found].map(([, name, value]) => `${name}=${value}`);
}

/** The rows of the table of parameters, as `NAME=default`. */
function documentedVariables(infra: Infra): readonly string[] {
  const [, table = ''] = textOf(infra, deploy).split('## Parameters');
  const rows = table.split('\n## ')[0]?.matchAll(/^\| `(\w+)` +\| (?:`([^`]*)`)? *\|/gm) ?? [];
  return [...rows].map(([, name, value = '']) => `${name}=${value}`);
}

export const docsPolicies: readonly Policy[] = [
  {
    name: 'every parameter is explained, with its default',
    check: (infra) => difference([...variablesIn(infra), 'INCOMING_CALL_TO='], documentedVariables(infra)),
    broken: { file: 'infra/main.parameters.json', from: 'BUDGET_START_DATE=', to: 'BUDGET_FROM=' },
  },
  {
    name: 'every output of the deployment is used',
    check: (infra) => {
      const text = readers.map((path) => textOf(infra, path)).join('\n');
      return declaredIn(infra, 'infra/main.bicep', 'output').filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    },
    broken: { file: 'infra/main.bicep', from: 'output ACS_PRINCIPAL_ID', to: 'output ACS_IDENTITY' },
  },
  {
    name: 'every alert is explained',
    check: (infra) => {
      const [alerts = ''] = textOf(infra, operate).split('\n## Replay');
      return difference(
        alertsIn(infra).map(({ name }) => name),
        [...alerts.matchAll(/^### (\S+)$/gm)].map(([, name]) => `${name}`),
      );
    },
    broken: { file: operate, from: '### many-calls', to: '### too-many-calls' },
  },
  {
    name: 'every query of the workbook is in the docs',
    check: (infra) => {
      const text = textOf(infra, operate);
      return workbookQueries(infra).filter((query) => !text.includes(`\`\`\`kusto\n${query}\n\`\`\``));
    },
    broken: { file: operate, from: 'gigabytes = sum(Quantity) / 1000', to: 'gigabytes = sum(Quantity) / 1024' },
  },
  {
    name: 'decisions that are referred to are there',
    check: (infra) => {
      const named = [...textOf(infra, deploy).matchAll(/\((decisions\/[\w-]+\.md)\)/g)].map(
        ([, path]) => `docs/${path}`,
      );
      return named.length === 0 ? ['none'] : named.filter((path) => infra.files[path] === undefined);
    },
    broken: { file: deploy, from: '(decisions/0014-the-package', to: '(decisions/0014-a-package' },
  },
];
