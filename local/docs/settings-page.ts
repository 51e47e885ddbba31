/** The page of settings. */
import * as z from 'zod';
import { columns } from './columns.ts';

type Schema = z.core.$ZodType;

/** Every setting of the app: its default, its range and what it does, from the schemas that read it. */
export function settingsPage(settings: Readonly<Record<string, z.ZodType>>): string {
  return [
    '# Settings',
    '',
    'Generated from the schemas that read them (`shared/config.ts`) by `npm run docs`; do not edit.',
    '',
    'The app fails to start while a setting is missing or invalid, and its error lists each of them. An empty value counts as',
    'missing. `local.settings.json` has the settings of local development. URLs are https, except in local mode: plain http',
    'is allowed only while ACS and storage are both on this machine.',
    '',
    ...columns([
      ['setting', 'default', 'range', 'applies to', 'meaning'],
      ['---', '---', '---', '---', '---'],
      ...Object.entries(settings).map(([name, schema]) => row(name, schema)),
    ]),
    '',
  ].join('\n');
}

function row(name: string, schema: z.ZodType): string[] {
  const layers = [...layersOf(schema)];
  const meta = Object.assign({}, ...layers.map((layer) => z.globalRegistry.get(layer)).toReversed()) as z.GlobalMeta;
  const { description, applies = 'any', minimum, maximum } = meta;
  if (description === undefined) {
    throw new Error(`${name} has no description: add one to its schema.`);
  }
  const range = minimum === undefined ? '' : `${minimum} to ${maximum}`;
  return [`\`${name}\``, defaultOf(layers, unitOf(name)), range, String(applies), description];
}

/** A schema and those that it wraps, the outermost first. */
function* layersOf(schema: Schema): Generator<Schema> {
  yield schema;
  const { def } = schema._zod;
  const inner: unknown = 'innerType' in def ? def.innerType : 'in' in def ? def.in : undefined;
  if (inner instanceof z.core.$ZodType) {
    yield* layersOf(inner);
  }
}

function defaultOf(layers: readonly Schema[], unit: string): string {
  const withDefault = layers.find(({ _zod }) => _zod.def.type === 'default');
  if (!withDefault) {
    return layers.some(({ _zod }) => _zod.def.type === 'optional') ? '' : 'required';
  }
  const value = String((withDefault._zod.def as z.core.$ZodDefaultDef).defaultValue);
  return value === '' ? '' : `\`${value}\`${unit}`;
}

function unitOf(name: string): string {
  const [, unit] = /_(SECONDS|DAYS|MS|INTERVAL|DELAY)$/.exec(name) ?? [];
  const units: Readonly<Record<string, string>> = {
    SECONDS: ' s',
    DAYS: ' days',
    MS: ' ms',
    INTERVAL: ' ms',
    DELAY: ' ms',
  };
  return unit === undefined ? '' : String(units[unit]);
}
