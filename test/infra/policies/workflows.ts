/** Rules about the pipelines: what they run, and what they may. */
import { type Infra, textOf } from '../files.ts';
import type { Policy } from '../policy.ts';

const deploy = '.github/workflows/deploy.yml';
const check = '.github/workflows/check.yml';

const pipelines = ({ files }: Infra) => Object.entries(files).filter(([path]) => path.startsWith('.github/'));

/** The lines of all of them that look so, each with its file. */
function linesIn(infra: Infra, pattern: RegExp): readonly string[] {
  return pipelines(infra).flatMap(([path, text]) =>
    text
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
}

export const workflowPolicies: readonly Policy[] = [
  {
    name: 'actions are pinned to a version, or our own',
    check: (infra) =>
      linesIn(infra, /\buses:/).filter((line) => !/uses: (\.\/[\w./-]+|[\w./-]+@(v\d+|[0-9a-f]{40}))$/.test(line)),
    broken: { file: '.github/actions/sign-in/action.yml', from: 'Azure/setup-azd@v2', to: 'Azure/setup-azd@main' },
  },
  {
    name: 'pipelines may read, and sign in where they deploy',
    check: (infra) => [
      ...[deploy, check].filter((path) => !textOf(infra, path).includes('\npermissions:\n  contents: read\n\n')),
      ...linesIn(infra, /: write(-all)?$/).filter((line) => line !== `${deploy}: id-token: write`),
    ],
    broken: { file: check, from: 'permissions:\n  contents: read', to: 'permissions:\n  contents: write' },
  },
  {
    name: 'no pipeline has a secret',
    check: (infra) => linesIn(infra, /\bsecrets\b.*\}\}/),
    broken: { file: deploy, from: '-preview\n', to: '-preview # {{ secrets.NAME }}\n' },
  },
  {
    name: 'every pull request compiles every deployment',
    check: (infra) => ['infra/main.bicep', 'infra/events.bicep'].filter((path) => !textOf(infra, check).includes(path)),
    broken: { file: check, from: 'infra/main.bicep infra/events.bicep', to: 'infra/main.bicep' },
  },
  {
    name: 'a deployment is shown before it is done, and tried after',
    check: (infra) => {
      const text = textOf(infra, deploy);
      const steps = [
        'azd provision --preview',
        'needs: what-if',
        'azd provision --no-prompt',
        'azd deploy',
        '/api/health',
      ];
      const places = steps.map((step) => text.indexOf(step));
      return steps.filter((_, index) => (places[index] ?? -1) <= (places[index - 1] ?? 0));
    },
    broken: { file: deploy, from: '    needs: what-if\n', to: '' },
  },
];
