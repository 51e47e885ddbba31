/** Rules by which azd finds its way: from azure.yaml to the Bicep files, the build and the hook, and back. */
import { declaredIn, type Infra, textOf, unlike } from '../files.ts';
import { difference, type Policy } from '../policy.ts';

const main = 'infra/main.bicep';
const hookSettings = 'infra/hooks/settings.ts';

/** The value of a key in azure.yaml, whose keys of interest are there once. */
const azure = (infra: Infra, key: string) =>
  new RegExp(`^ *${key}: *(\\S.*)$`, 'm').exec(textOf(infra, 'azure.yaml'))?.[1] ?? '';

const outputsOf = (infra: Infra) => declaredIn(infra, main, 'output');

/** Parameters of events.bicep and the variables that the hook takes them from. */
function parametersOfHook(infra: Infra): readonly { readonly name: string; readonly variable: string }[] {
  const found = textOf(infra, hookSettings).matchAll(/^ {2}(\w+): '([A-Z_]+)',$/gm);
  return [...found].map(([, name = '', variable = '']) => ({ name, variable }));
}

export const azdPolicies: readonly Policy[] = [
  {
    name: 'azd provisions the file that there is',
    check: (infra) =>
      [`${azure(infra, 'path')}/${azure(infra, 'module')}.bicep`].filter((path) => infra.files[path] === undefined),
    broken: { file: 'azure.yaml', from: 'module: main', to: 'module: azure' },
  },
  {
    name: 'azd does not ask for what may be empty',
    check: (infra) => {
      const empty = textOf(infra, 'infra/main.parameters.json').matchAll(/"(\w+)": \{ "value": "\$\{\w+=\}" \}/g);
      const names = [...empty].map(([, name]) => name);
      const asked = names.filter((name) => !textOf(infra, main).includes(`\nparam ${name} string = ''\n`));
      return names.length === 0 ? ['no parameter may be empty'] : asked.map(String);
    },
    broken: { file: main, from: "param notifySecretUri string = ''", to: 'param notifySecretUri string' },
  },
  {
    name: 'azd asks for the countries to which calls may cost money',
    check: (infra) =>
      /"allowedCountries": \{ "value": "\$\{ALLOWED_COUNTRIES\}" \}/.test(
        textOf(infra, 'infra/main.parameters.json'),
      ) && textOf(infra, main).includes('\nparam allowedCountries string\n')
        ? []
        : ['allowedCountries has a default'],
    broken: { file: main, from: '\nparam allowedCountries string\n', to: "\nparam allowedCountries string = '*'\n" },
  },
  {
    name: 'azd deploys the folder that the build writes, into the app that has its tag',
    check: (infra) => {
      const { main: built } = JSON.parse(textOf(infra, 'package.json')) as { main: string };
      const service = /^services:\n {2}(\w+):$/m.exec(textOf(infra, 'azure.yaml'))?.[1];
      return [
        ...(built.startsWith(`${azure(infra, 'dist')}/`) ? [] : [`${built} is not in ${azure(infra, 'dist')}`]),
        ...unlike(infra, 'Microsoft.Web/sites', 'tags.azd-service-name', `${service}`),
      ];
    },
    broken: { file: 'azure.yaml', from: '  app:\n', to: '  api:\n' },
  },
  {
    name: 'the hooks of azd are scripts that there are',
    check: (infra) => {
      const { scripts } = JSON.parse(textOf(infra, 'package.json')) as { scripts: Record<string, string> };
      const named = [...textOf(infra, 'azure.yaml').matchAll(/^ +run: npm run (\S+)$/gm)].map(([, name]) => `${name}`);
      const run = named.map((name) => scripts[name]?.replace(/^node /, '') ?? name);
      return named.length === 2
        ? run.filter((path) => infra.files[path] === undefined)
        : ['expected a hook for two systems'];
    },
    broken: { file: 'package.json', from: 'node infra/hooks/postdeploy.ts', to: 'node infra/hooks/post-deploy.ts' },
  },
  {
    name: 'the hook gives events.bicep what it asks for',
    check: (infra) => {
      const asked = declaredIn(infra, 'infra/events.bicep', 'param');
      return difference(
        asked,
        parametersOfHook(infra).map(({ name }) => name),
      );
    },
    broken: {
      file: hookSettings,
      from: "  systemTopicName: 'SYSTEM_TOPIC_NAME',",
      to: "  topicName: 'SYSTEM_TOPIC_NAME',",
    },
  },
  {
    name: 'what the hook takes from the deployment is an output of it',
    check: (infra) =>
      parametersOfHook(infra)
        .map(({ variable }) => variable)
        .filter((variable) => variable !== 'INCOMING_CALL_TO' && !outputsOf(infra).includes(variable)),
    broken: {
      file: hookSettings,
      from: "storageAccountName: 'STORAGE_ACCOUNT_NAME',",
      to: "storageAccountName: 'STORAGE_NAME',",
    },
  },
];
