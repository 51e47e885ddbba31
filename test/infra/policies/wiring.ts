/** Rules by which the files fit together, and nothing in them is left over. */
import { posix } from 'node:path';
import { at, type Bicep, type Deployed, propertiesOf, within } from '../bicep.ts';
import { bicepOf, type Infra, resourcesIn, textOf } from '../files.ts';
import type { Policy } from '../policy.ts';

const main = 'infra/main.bicep';

/** Diagnostic settings have no stable version that knows what these need. */
const previews = ['Microsoft.Insights/diagnosticSettings@2021-05-01-preview'];

interface ArmTemplate {
  readonly parameters: Readonly<Record<string, { readonly defaultValue?: unknown }>>;
  readonly resources: readonly { readonly type: string; readonly apiVersion: string }[];
}

interface Interface {
  readonly params: readonly string[];
  readonly required: readonly string[];
  readonly outputs: readonly string[];
}

const templatesIn = ({ files }: Infra) =>
  Object.entries(files).filter(([path, text]) => path.endsWith('.json') && text.includes('deploymentTemplate.json#'));

/** Every module with where it is used; the path from the project's root. */
function modulesIn({ bicep }: Infra): readonly (Deployed & { readonly file: string; readonly path: string })[] {
  return [...bicep].flatMap(([file, { modules }]) =>
    modules.map((one) => ({ ...one, file, path: posix.join(posix.dirname(file), one.what) })),
  );
}

/** What a module asks for and gives, in Bicep or in ARM's JSON. */
function interfaceOf(infra: Infra, path: string): Interface {
  if (path.endsWith('.json')) {
    const { parameters } = JSON.parse(textOf(infra, path)) as ArmTemplate;
    const params = Object.keys(parameters);
    return { params, required: params.filter((name) => parameters[name]?.defaultValue === undefined), outputs: [] };
  }
  const { params, outputs } = bicepOf(infra, path);
  return {
    params: params.map(({ name }) => name),
    required: params.filter(({ value }) => value === undefined).map(({ name }) => name),
    outputs: outputs.map(({ name }) => name),
  };
}

/** Outputs that a file reads of its modules, as `module.output`. */
function outputsRead({ root }: Bicep): readonly string[] {
  return within(root, 'member_expression').flatMap(
    ({ text }) => /^(\w+)!?\.outputs\.(\w+)$/.exec(text)?.slice(1).join('.') ?? [],
  );
}

/** How often a name stands for something: not as the key of a property, not behind a dot. */
function usesOf({ root }: Bicep, name: string): number {
  return within(root, 'identifier').filter((node) => {
    const isKey = node.parent?.type === 'object_property' && node.parent.namedChildren[0]?.id === node.id;
    return node.text === name && !isKey;
  }).length;
}

/** Files that Bicep reads in. */
function filesRead({ bicep }: Infra): readonly string[] {
  return [...bicep].flatMap(([file, { root }]) =>
    [...root.text.matchAll(/load(?:Text|Json)Content\('([^']+)'\)/g)].map(([, path]) =>
      posix.join(posix.dirname(file), `${path}`),
    ),
  );
}

export const wiringPolicies: readonly Policy[] = [
  {
    name: 'every API version is pinned, and stable',
    check: (infra) => {
      const existing = [...infra.bicep.values()].flatMap((file) => file.existing.map(({ what }) => what));
      const templates = templatesIn(infra).flatMap(([, text]) => (JSON.parse(text) as ArmTemplate).resources);
      const all = [
        ...resourcesIn(infra).map(({ what }) => what),
        ...existing,
        ...templates.map(({ type, apiVersion }) => `${type}@${apiVersion}`),
      ];
      return all.filter((what) => !/^[\w.]+(\/\w+)+@\d{4}-\d\d-\d\d$/.test(what) && !previews.includes(what));
    },
    broken: {
      file: 'infra/modules/scheduler.bicep',
      from: "schedulers@2026-02-01'",
      to: "schedulers@2026-05-01-preview'",
    },
  },
  {
    name: 'every file says what it is for',
    check: ({ bicep }) =>
      [...bicep].filter(([, { root }]) => !root.text.startsWith("metadata description = '")).map(([file]) => file),
    broken: { file: 'infra/modules/identity.bicep', from: 'metadata description =', to: 'metadata purpose =' },
  },
  {
    name: 'modules are given what they ask for, and nothing else',
    check: (infra) =>
      modulesIn(infra).flatMap(({ file, name, path, body }) => {
        const given = [...(propertiesOf(at(body, 'params'))?.keys() ?? [])];
        const { params, required } = interfaceOf(infra, path);
        return [
          ...required.filter((one) => !given.includes(one)).map((one) => `${file} ${name} lacks ${one}`),
          ...given.filter((one) => !params.includes(one)).map((one) => `${file} ${name} knows no ${one}`),
        ];
      }),
    broken: {
      file: main,
      from: 'workspaceId: monitoring.outputs.workspaceId }\n}\n\nmodule budget',
      to: 'workspace: monitoring.outputs.workspaceId }\n}\n\nmodule budget',
    },
  },
  {
    name: 'outputs that are read are there',
    check: (infra) =>
      [...infra.bicep].flatMap(([file, bicep]) => {
        const given = modulesIn(infra)
          .filter((one) => one.file === file)
          .flatMap(({ name, path }) => interfaceOf(infra, path).outputs.map((output) => `${name}.${output}`));
        return outputsRead(bicep).filter((one) => !given.includes(one));
      }),
    broken: {
      file: main,
      from: 'string = app.outputs.url',
      to: 'string = concat(app.outputs.url, app.outputs.address)',
    },
  },
  {
    name: 'the file of parameters has those of the deployment',
    check: (infra) => {
      const { params, required } = interfaceOf(infra, main);
      const { parameters } = JSON.parse(textOf(infra, 'infra/main.parameters.json')) as ArmTemplate;
      const given = Object.keys(parameters);
      return [
        ...required.filter((name) => !given.includes(name)).map((name) => `lacks ${name}`),
        ...given.filter((name) => !params.includes(name)).map((name) => `knows no ${name}`),
      ];
    },
    broken: { file: 'infra/main.parameters.json', from: '"alertEmail"', to: '"alertMail"' },
  },
  {
    name: 'every file is used',
    check: (infra) => {
      const used = [
        main,
        'infra/events.bicep',
        'infra/main.parameters.json',
        ...modulesIn(infra).map(({ path }) => path),
      ];
      const there = Object.keys(infra.files).filter((path) => /^infra\/.*\.(bicep|json)$/.test(path));
      return there.filter((path) => ![...used, ...filesRead(infra)].includes(path));
    },
    broken: {
      file: 'infra/modules/workbook.bicep',
      from: "loadTextContent('workbook.json')",
      to: "loadTextContent('../main.parameters.json')",
    },
  },
  {
    name: 'files that are read in are there, and are JSON',
    check: (infra) =>
      filesRead(infra).filter((path) => {
        try {
          JSON.parse(textOf(infra, path));
          return false;
        } catch {
          return true;
        }
      }),
    broken: {
      file: 'infra/modules/scheduler.bicep',
      from: "loadJsonContent('../../host.json')",
      to: "loadJsonContent('../host.json')",
    },
  },
  {
    name: 'every parameter, variable and existing resource is used',
    check: ({ bicep }) =>
      [...bicep].flatMap(([file, one]) =>
        [...one.params, ...one.vars, ...one.existing]
          .filter(({ name }) => usesOf(one, name) < 2)
          .map(({ name }) => `${file} ${name}`),
      ),
    broken: { file: 'infra/modules/workbook.bicep', from: '  tags: tags\n', to: '' },
  },
  {
    name: 'every output of a module is read',
    check: (infra) =>
      modulesIn(infra).flatMap(({ file, name, path }) => {
        const read = outputsRead(bicepOf(infra, file));
        return interfaceOf(infra, path)
          .outputs.filter((output) => !read.includes(`${name}.${output}`))
          .map((output) => `${path} ${output}`);
      }),
    broken: {
      file: main,
      from: 'string = app.outputs.url',
      to: "string = 'https://contoso.example.com'",
    },
  },
];
