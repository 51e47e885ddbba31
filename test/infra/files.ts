/** What is deployed, and what has to agree with it, as texts: a test may edit a copy and look what becomes of it. */
import { globSync, readFileSync } from 'node:fs';
import { type Bicep, type Deployed, parseBicep, textAt } from './bicep.ts';

export type Files = Readonly<Record<string, string>>;

export interface Infra {
  readonly files: Files;
  /** The Bicep files, parsed. */
  readonly bicep: ReadonlyMap<string, Bicep>;
}

/** A resource that is deployed, and where. */
export interface Placed extends Deployed {
  readonly file: string;
  readonly type: string;
  readonly apiVersion: string;
}

/** One place of a file, and what stands there instead. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const globs = [
  'infra/**/*.{bicep,json,ts}',
  'functions/*.ts',
  'shared/**/*.ts',
  'docs/**/*.md',
  '*.{json,yaml}',
  '.github/**/*.yml',
];

export function readFiles(): Files {
  const paths = globs.flatMap((glob) => globSync(glob)).map((path) => path.replaceAll('\\', '/'));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

/** A copy in which one place reads otherwise. Throws unless there is exactly one such place. */
export function edited(files: Files, { file, from, to }: Edit): Files {
  const parts = (files[file] ?? '').split(from);
  if (parts.length !== 2) {
    throw new Error(`Expected "${from}" once in ${file}, found it ${parts.length - 1} times.`);
  }
  return { ...files, [file]: parts.join(to) };
}

/** Parses the Bicep among the files. What was parsed before is not parsed again. */
export function openInfra(files: Files): Infra {
  const texts = Object.entries(files).filter(([path]) => path.endsWith('.bicep'));
  return { files, bicep: new Map(texts.map(([path, text]) => [path, parsed(path, text)])) };
}

const known = new Map<string, Bicep>();

function parsed(path: string, text: string): Bicep {
  const bicep = known.get(text) ?? parseBicep(path, text);
  known.set(text, bicep);
  return bicep;
}

/** The text of a file; throws when it is not there. */
export function textOf({ files }: Infra, path: string): string {
  const text = files[path];
  if (text === undefined) {
    throw new Error(`There is no ${path}.`);
  }
  return text;
}

/** The Bicep of a file; throws when it is not there. */
export function bicepOf({ bicep }: Infra, path: string): Bicep {
  const file = bicep.get(path);
  if (file === undefined) {
    throw new Error(`There is no ${path}.`);
  }
  return file;
}

/** Every resource that is deployed, of one type or of all. */
export function resourcesIn({ bicep }: Infra, type?: string): readonly Placed[] {
  return [...bicep]
    .flatMap(([file, { resources }]) => resources.map((one) => placed(file, one)))
    .filter((one) => type === undefined || one.type === type);
}

/** The resource of that name in a file; throws when there is none. */
export function resourceNamed(infra: Infra, file: string, name: string): Placed {
  const found = bicepOf(infra, file).resources.find((one) => one.name === name);
  if (found === undefined) {
    throw new Error(`There is no resource ${name} in ${file}.`);
  }
  return placed(file, found);
}

/** The resources of a type at which a property is none of these, each with what it is. Fails too when there are none. */
export function unlike(infra: Infra, type: string, path: string, ...values: readonly string[]): readonly string[] {
  const found = resourcesIn(infra, type);
  const wrong = found.filter(({ body }) => !values.includes(textAt(body, path) ?? 'missing'));
  return [
    ...(found.length === 0 ? [`no ${type}`] : []),
    ...wrong.map(({ file, name, body }) => `${file} ${name}.${path} is ${textAt(body, path) ?? 'missing'}`),
  ];
}

function placed(file: string, resource: Deployed): Placed {
  const [type = '', apiVersion = ''] = resource.what.split('@');
  return { ...resource, file, type, apiVersion };
}
