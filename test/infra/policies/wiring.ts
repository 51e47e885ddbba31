/** Rules by which the files fit together, and nothing in them is left over. What they say to each other the compiler checks. */
import { posix } from 'node:path';
import { declaredIn, type Infra, planOf, resourcesIn, textOf } from '../files.ts';
import type { Policy } from '../policy.ts';

const main = 'infra/main.bicep';

/** Diagnostic settings have no stable version that knows what these need. */
const previews = ['Microsoft.Insights/diagnosticSettings@2021-05-01-preview'];

const bicepFiles = ({ files }: Infra) => Object.entries(files).filter(([path]) => path.endsWith('.bicep'));

/** Files that Bicep files name, as modules, imports or contents; the path from the project's root. */
function filesNamed(infra: Infra): readonly string[] {
  const named = /(?:^module \w+ |\bfrom |^using |^extends |load(?:Text|Json)Content\()'([^']+)'/gm;
  return Object.entries(infra.files)
    .filter(([path]) => /\.bicep(param)?$/.test(path))
    .flatMap(([path, text]) =>
      [...text.matchAll(named)].map(([, other]) => posix.join(posix.dirname(path), `${other}`)),
    );
}

/** What azd gives for a parameter that is not set: `"${NAME=value}"`, read as the value's own type. */
function defaultsOf(infra: Infra): Readonly<Record<string, string>> {
  const { parameters } = JSON.parse(textOf(infra, 'infra/main.parameters.json')) as {
    readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
  };
  const found = Object.entries(parameters).map(([name, { value }]) => [
    name,
    typeof value === 'string' ? (/^\$\{\w+=(.*)\}$/.exec(value)?.[1] ?? '') : JSON.stringify(value),
  ]);
  return Object.fromEntries(found);
}

/** The parameters of a plan, as text without quotes. */
const parametersOf = (infra: Infra, plan: string) => [
  ...textOf(infra, `test/infra/plans/${plan}.bicepparam`).matchAll(/^param (\w+) = '?(.*?)'?$/gm),
];

export const wiringPolicies: readonly Policy[] = [
  {
    name: 'every API version is pinned, and stable',
    check: (infra) => {
      const written = bicepFiles(infra).flatMap(([, text]) => text.match(/Microsoft\.\w+(\/\w+)+@[\w-]+/g) ?? []);
      const planned = resourcesIn(infra).map(({ type, apiVersion }) => `${type}@${apiVersion}`);
      return [...written, ...planned].filter(
        (what) => !/^[\w.]+(\/\w+)+@\d{4}-\d\d-\d\d$/.test(what) && !previews.includes(what),
      );
    },
    broken: {
      plan: 'scheduler',
      resource: 'schedulers/dts-plan',
      path: 'apiVersion',
      to: '2026-05-01-preview',
    },
  },
  {
    name: 'every file says what it is for',
    check: (infra) =>
      bicepFiles(infra)
        .filter(([, text]) => !text.startsWith("metadata description = '"))
        .map(([file]) => file),
    broken: { file: 'infra/modules/identity.bicep', from: 'metadata description =', to: 'metadata purpose =' },
  },
  {
    name: 'the compiler has nothing switched off',
    check: (infra) => {
      const levels = [...textOf(infra, 'bicepconfig.json').matchAll(/"([\w-]+)": \{ "level": "(\w+)" \}/g)];
      return [
        ...(levels.length < 50 ? [`only ${levels.length} rules`] : []),
        ...levels.filter(([, , level]) => level !== 'warning' && level !== 'error').map(([, rule]) => `${rule}`),
        ...bicepFiles(infra).flatMap(([file, text]) =>
          (text.match(/^#disable.*$/gm) ?? [])
            .filter((line) => !/^#disable-next-line [\w-]+ \/\/ \w/.test(line))
            .map((line) => `${file}: ${line}`),
        ),
      ];
    },
    broken: {
      file: 'bicepconfig.json',
      from: '"no-unused-params": { "level": "warning" }',
      to: '"no-unused-params": { "level": "off" }',
    },
  },
  {
    name: 'every check of a change compiles, and looks whether the plans are still true',
    check: (infra) => ['.ci/run'].filter((path) => !/^step npm run bicep$/m.test(textOf(infra, path))),
    broken: { file: '.ci/run', from: 'step npm run bicep\n', to: '' },
  },
  {
    name: 'the file of parameters has those of the deployment',
    check: (infra) => {
      const optional = [...textOf(infra, main).matchAll(/^param (\w+) \S+ = /gm)].map(([, name]) => `${name}`);
      const declared = declaredIn(infra, main, 'param');
      const given = Object.keys(defaultsOf(infra));
      return [
        ...declared.filter((name) => !given.includes(name) && !optional.includes(name)).map((name) => `lacks ${name}`),
        ...given.filter((name) => !declared.includes(name)).map((name) => `knows no ${name}`),
      ];
    },
    broken: {
      file: 'infra/main.parameters.json',
      from: '"environmentName": {',
      to: '"region": { "value": "" },\n    "environmentName": {',
    },
  },
  {
    name: 'the usual plan is made with the values that azd gives',
    check: (infra) => {
      const defaults = defaultsOf(infra);
      return parametersOf(infra, 'default')
        .filter(([, name = '', value = '']) => defaults[name] !== '' && defaults[name] !== value)
        .map(([line]) => line);
    },
    broken: {
      file: 'test/infra/plans/default.bicepparam',
      from: 'param logsDailyCapGB = 5',
      to: 'param logsDailyCapGB = 6',
    },
  },
  {
    name: 'every file is used',
    check: (infra) => {
      // The app registration is created with roles.json, by docs/how-to/give-access.md.
      const byPeople = ['infra/roles.json'];
      const used = [main, 'infra/events.bicep', 'infra/main.parameters.json', ...byPeople, ...filesNamed(infra)];
      const there = Object.keys(infra.files).filter((path) => /^infra\/.*\.(bicep|json)$/.test(path));
      return there.filter((path) => !used.includes(path));
    },
    broken: {
      file: 'infra/modules/workbook.bicep',
      from: "loadTextContent('workbook.json')",
      to: "loadTextContent('../main.parameters.json')",
    },
  },
  {
    name: 'every output of a module is read',
    check: (infra) => {
      const readers = bicepFiles(infra)
        .map(([, text]) => text)
        .join('\n');
      return bicepFiles(infra)
        .filter(([path]) => path.startsWith('infra/modules/'))
        .flatMap(([path]) =>
          declaredIn(infra, path, 'output')
            .filter((output) => !readers.includes(`.outputs.${output}`))
            .map((output) => `${path} ${output}`),
        );
    },
    broken: {
      file: main,
      from: 'string = communication.outputs.acsPrincipalId',
      to: "string = 'none'",
    },
  },
  {
    name: 'every plan is of a whole deployment',
    check: (infra) => {
      const usual = planOf(infra, 'default').resources.filter(({ type }) => !type.startsWith('Microsoft.Consumption'));
      return infra.plans
        .filter(({ name }) => name !== 'events')
        .flatMap(({ name, resources }) =>
          usual.filter(({ id }) => !resources.some((one) => one.id === id)).map(({ id }) => `${name} has no ${id}`),
        );
    },
    broken: { plan: 'everything-else', resource: 'workbooks/*' },
  },
];
