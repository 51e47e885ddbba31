/** Rules about the pipelines: what they run, as whom, and what they may. */
import { parse } from 'yaml';
import { type Infra, textOf } from '../files.ts';
import type { Policy } from '../policy.ts';

const deploy = '.github/workflows/deploy.yml';
const check = '.github/workflows/check.yml';
const signIn = '.github/actions/sign-in/action.yml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What each workflow may by default, and a job beyond it. Nothing may write, but for the token that signs in to Azure. */
const permissions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [check]: { contents: 'read' },
  [deploy]: { contents: 'read' },
  [`${deploy} package`]: { actions: 'read' },
  [`${deploy} what-if`]: { contents: 'read', 'id-token': 'write' },
  [`${deploy} deploy`]: { actions: 'read', contents: 'read', 'id-token': 'write' },
};

/** The only triggers of each: `pull_request_target` would run what a stranger wrote, with the rights of this repository. */
const triggers: Readonly<Record<string, readonly string[]>> = {
  [check]: ['pull_request', 'push'],
  [deploy]: ['workflow_dispatch'],
};

/** In what order a deployment goes, by a piece of each step. */
const order: Readonly<Record<string, readonly string[]>> = {
  package: ['gh run list --workflow check.yml'],
  'what-if': ['npm run --silent what-if'],
  deploy: ['gh run download', 'azd provision', 'azd deploy app --from-package', 'npm run --silent smoke'],
};

const workflow = (infra: Infra, path: string) => parse(textOf(infra, path)) as Workflow;

const workflows = (infra: Infra) =>
  Object.keys(infra.files)
    .filter((path) => path.startsWith('.github/workflows/'))
    .map((path) => ({ path, ...workflow(infra, path) }));

const jobs = (infra: Infra) =>
  workflows(infra).flatMap((one) =>
    Object.entries(one.jobs).map(([name, job]) => ({ where: `${one.path} ${name}`, job })),
  );

/** Every step, those of our own action too, with the job that has it. */
const steps = (infra: Infra) => [
  ...jobs(infra).flatMap(({ where, job }) => job.steps.map((step) => ({ where, step }))),
  ...(parse(textOf(infra, signIn)) as { runs: Job }).runs.steps.map((step) => ({ where: signIn, step })),
];

const maySignIn = ({ permissions: given }: Job) => given?.['id-token'] === 'write';

export const workflowPolicies: readonly Policy[] = [
  {
    name: 'actions are pinned to a commit, with its version, or our own',
    check: (infra) =>
      Object.entries(infra.files)
        .filter(([path]) => path.startsWith('.github/'))
        .flatMap(([path, text]) => [...text.matchAll(/\buses: *(.+)$/gm)].map(([, used = '']) => ({ path, used })))
        .filter(({ used }) => !/^(\.\/\.github\/actions\/[\w-]+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(used))
        .map(({ path, used }) => `${path}: ${used}`),
    broken: { file: signIn, from: '@f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca # v3.0.1', to: '@v3' },
  },
  {
    name: 'azd is pinned to a version that azure.yaml takes',
    check: (infra) => {
      const { requiredVersions } = parse(textOf(infra, 'azure.yaml')) as { requiredVersions: { azd: string } };
      const least = /^>= (\d+\.\d+\.\d+)$/.exec(requiredVersions.azd)?.[1] ?? 'no range';
      const isTaken = (version: string) =>
        /^\d+\.\d+\.\d+$/.test(version) && version.localeCompare(least, 'en', { numeric: true }) >= 0;
      const installed = steps(infra).filter(({ step }) => step.uses?.startsWith('Azure/setup-azd@'));
      const wrong = installed.filter(({ step }) => !isTaken(String(step.with?.version)));
      return installed.length === 0 ? ['azd is not installed'] : wrong.map(({ where }) => where);
    },
    broken: { file: deploy, from: 'version: 1.31.2', to: 'version: latest' },
  },
  {
    name: 'a pipeline may what the table says',
    check: (infra) => {
      const given = [
        ...workflows(infra).map(({ path, permissions: most }) => [path, most] as const),
        ...jobs(infra).flatMap(({ where, job }) => (job.permissions ? [[where, job.permissions] as const] : [])),
      ];
      const wrong = given.filter(([where, some]) => JSON.stringify(some) !== JSON.stringify(permissions[where]));
      return wrong.map(([where]) => where);
    },
    broken: { file: check, from: 'permissions:\n  contents: read', to: 'permissions:\n  contents: write' },
  },
  {
    name: 'only those who may push to the repository start a pipeline that may sign in',
    check: (infra) =>
      workflows(infra)
        .filter(({ path, on }) => JSON.stringify(Object.keys(on)) !== JSON.stringify(triggers[path]))
        .map(({ path }) => path),
    broken: {
      file: deploy,
      from: 'on:\n  workflow_dispatch:',
      to: 'on:\n  pull_request_target:\n  workflow_dispatch:',
    },
  },
  {
    name: 'a job that may sign in has an environment, and installs and builds nothing',
    check: (infra) =>
      jobs(infra)
        .filter(({ job }) => maySignIn(job))
        .filter(({ job }) => {
          const lines = job.steps.map(({ run = '' }) => run).join('\n');
          const caches = job.steps.some((step) => step.with?.cache !== undefined);
          return job.environment === undefined || caches || /\b(npm (ci|i|install|test)|npx|run build)\b/.test(lines);
        })
        .map(({ where }) => where),
    broken: { file: deploy, from: '      - run: azd provision', to: '      - run: npm ci\n      - run: azd provision' },
  },
  {
    name: 'what is shown and what is done are signed in to as different environments',
    check: (infra) => {
      const { jobs: all } = workflow(infra, deploy);
      const environments = Object.values(all).flatMap(({ environment }) => environment ?? []);
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is GitHub's.
      const name = '${{ inputs.environment }}';
      return environments.join() === `${name}-preview,${name}` ? [] : environments;
    },
    broken: { file: deploy, from: '}}-preview\n', to: '}}\n' },
  },
  {
    name: 'no pipeline has a secret',
    check: (infra) =>
      Object.entries(infra.files)
        .filter(([path, text]) => path.startsWith('.github/') && /\bsecrets\b/.test(text.replace(/^ *#.*$/gm, '')))
        .map(([path]) => path),
    broken: { file: deploy, from: 'version: 1.31.2\n', to: 'version: 1.31.2 # secrets.NAME\n' },
  },
  {
    name: 'what a run is given is no part of its script',
    check: (infra) => steps(infra).flatMap(({ where, step }) => (step.run?.includes('${{') ? [where] : [])),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is GitHub's.
    broken: { file: deploy, from: 'gh run download "$RUN"', to: 'gh run download ${{ needs.package.outputs.run }}' },
  },
  {
    name: 'a clone keeps no token',
    check: (infra) =>
      steps(infra)
        .filter(
          ({ step }) => step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false,
        )
        .map(({ where }) => where),
    broken: {
      file: check,
      from: 'persist-credentials: false\n      - uses: actions/setup-node',
      to: 'persist-credentials: true\n      - uses: actions/setup-node',
    },
  },
  {
    name: 'a package is left by main alone, after its tests',
    check: (infra) => {
      const { tests } = workflow(infra, check).jobs;
      const all = tests?.steps ?? [];
      const [tested, packed, left] = ['.ci/run', 'npm run build', 'actions/upload-artifact@'].map((piece) =>
        all.findIndex(({ run = '', uses = '' }) => run.includes(piece) || uses.startsWith(piece)),
      );
      const ofMain = [packed, left].every((index) => all[index ?? -1]?.if === "github.event_name == 'push'");
      return ofMain && tested !== -1 && Number(tested) < Number(packed) && Number(packed) < Number(left) ? [] : [check];
    },
    broken: { file: check, from: '      - run: .ci/run\n', to: '' },
  },
  {
    name: 'the package is left with the bill of what is in it',
    check: (infra) => {
      const [packing] = (workflow(infra, check).jobs.tests?.steps ?? []).filter(({ run }) => run?.includes('zip '));
      return packing?.run?.includes('npm run --silent sbom > "$RUNNER_TEMP/package/') ? [] : [check];
    },
    broken: { file: check, from: 'npm run --silent sbom', to: 'echo' },
  },
  {
    name: 'a deployment is tested and shown before it is done, and tried after',
    check: (infra) => {
      const { jobs: all } = workflow(infra, deploy);
      const missing = Object.entries(order).filter(([name, pieces]) => {
        const lines = all[name]?.steps.map(({ run = '' }) => run).join('\n') ?? '';
        const places = pieces.map((piece) => lines.indexOf(piece));
        return places.some((place, index) => place < 0 || place < (places[index - 1] ?? 0));
      });
      const waits = [all['what-if']?.needs, all.deploy?.needs].flat().join() === 'package,package,what-if';
      return [...missing.map(([name]) => name), ...(waits ? [] : ['a job that does not wait'])];
    },
    broken: { file: deploy, from: 'needs: [package, what-if]', to: 'needs: package' },
  },
];
