/** What is deployed, and what has to agree with it: a test may edit a copy and see which rules it breaks. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Json, membersOf, type Plan, type Resource, readPlan, textAt } from './plan.ts';

export type Files = Readonly<Record<string, string>>;

export interface Infra {
  readonly files: Files;
  readonly plans: readonly Plan[];
}

/** One place of a file, and what stands there instead. */
export interface TextEdit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** One value of a plan, and what stands there instead; without `to` it is taken away, without `path` the whole resource. */
export interface PlanEdit {
  readonly plan: string;
  /** The end of the id that no other resource has, `*` for a GUID. Without it the path starts at the plan itself. */
  readonly resource?: string;
  readonly path?: string;
  readonly to?: Json;
}

export type Edit = TextEdit | PlanEdit;

const globs = [
  'infra/**/*.{bicep,json,ts}',
  'test/infra/plans/*',
  'functions/*.ts',
  'shared/**/*.ts',
  'docs/**/*.md',
  '*.{json,yaml}',
  '.github/**/*.yml',
  '.ci/run',
];

const planFile = (name: string) => `test/infra/plans/${name}.snapshot.json`;

export function readFiles(): Files {
  const paths = globs.flatMap((glob) => globSync(glob)).map((path) => path.replaceAll('\\', '/'));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** A copy in which one place reads otherwise. Throws unless there is exactly one such place. */
export function edited(files: Files, edit: Edit): Files {
  if ('plan' in edit) {
    const file = planFile(edit.plan);
    return { ...files, [file]: editedPlan(files[file] ?? '', edit) };
  }
  const { file, from, to } = edit;
  const parts = (files[file] ?? '').split(from);
  if (parts.length !== 2) {
    throw new Error(`Expected "${from}" once in ${file}, found it ${parts.length - 1} times.`);
  }
  return { ...files, [file]: parts.join(to) };
}

interface Editable {
  [name: string]: Json | Editable;
}

function editedPlan(text: string, { plan, resource, path, to }: PlanEdit): string {
  const whole = JSON.parse(text) as Editable & { predictedResources: Editable[] };
  const places = readPlan(plan, text).resources.flatMap(({ id }, index) =>
    resource && id.replace(/\/[0-9a-f-]{36}$/, '/*').endsWith(resource) ? index : [],
  );
  if (resource !== undefined && places.length !== 1) {
    throw new Error(`Expected one ${resource} in ${plan}, found ${places.length}.`);
  }
  if (path === undefined) {
    whole.predictedResources = whole.predictedResources.filter((_, index) => !places.includes(index));
    return JSON.stringify(whole);
  }
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const begin: Editable = resource === undefined ? whole : (whole.predictedResources[places[0] ?? -1] ?? {});
  const holder = steps.reduce<Editable>((inner, step) => {
    inner[step] ??= {};
    return inner[step] as Editable;
  }, begin);
  if (to === undefined) {
    delete holder[last];
  } else {
    holder[last] = to;
  }
  return JSON.stringify(whole);
}

/** Parses the plans among the files. What was parsed before is not parsed again. */
export function openInfra(files: Files): Infra {
  const texts = Object.entries(files).filter(([path]) => path.endsWith('.snapshot.json'));
  return { files, plans: texts.map(([path, text]) => parsed(basename(path, '.snapshot.json'), text)) };
}

const known = new Map<string, Plan>();

function parsed(name: string, text: string): Plan {
  const plan = known.get(text) ?? readPlan(name, text);
  known.set(text, plan);
  return plan;
}

/** The text of a file; throws when it is not there. */
export function textOf({ files }: Infra, path: string): string {
  const text = files[path];
  if (text === undefined) {
    throw new Error(`There is no ${path}.`);
  }
  return text;
}

/** The plan of that name; throws when it is not there. */
export function planOf({ plans }: Infra, name: string): Plan {
  const plan = plans.find((one) => one.name === name);
  if (plan === undefined) {
    throw new Error(`There is no plan ${name}.`);
  }
  return plan;
}

/** A resource, and the plan in which it is. */
export interface Planned extends Resource {
  readonly plan: string;
}

/** Every resource of every plan, of one type or of all. */
export function resourcesIn({ plans }: Infra, type?: string): readonly Planned[] {
  return plans
    .flatMap(({ name, resources }) => resources.map((one) => ({ ...one, plan: name })))
    .filter((one) => type === undefined || one.type === type);
}

/** The resources of a type at which a property is none of these, each with what it is. Fails too when there are none. */
export function unlike(infra: Infra, type: string, path: string, ...values: readonly string[]): readonly string[] {
  return unlikeIn(resourcesIn(infra, type), type, path, ...values);
}

/** The same among some resources. */
export function unlikeIn(
  resources: readonly Planned[],
  what: string,
  path: string,
  ...values: readonly string[]
): readonly string[] {
  const wrong = resources.filter(({ body }) => !values.includes(textAt(body, path) ?? 'missing'));
  return [
    ...(resources.length === 0 ? [`no ${what}`] : []),
    ...wrong.map(({ plan, id, body }) => `${plan}: ${id} ${path} is ${textAt(body, path) ?? 'missing'}`),
  ];
}

/** The settings of the app in each plan, by name. */
export function settingsIn(infra: Infra): readonly { readonly plan: string; readonly values: Record<string, Json> }[] {
  return resourcesIn(infra, 'Microsoft.Web/sites/config')
    .filter(({ id }) => id.endsWith('/appsettings'))
    .map(({ plan, body }) => ({ plan, values: { ...membersOf(membersOf(body).properties) } }));
}

/** What Bicep files declare in that way, such as `param`, by name. */
export function declaredIn(infra: Infra, file: string, keyword: 'param' | 'output'): readonly string[] {
  return [...textOf(infra, file).matchAll(new RegExp(`^${keyword} (\\w+) `, 'gm'))].map(([, name]) => `${name}`);
}
