/**
 * The fields whose URL is handed to ACS, with what ACS does there. Each is registered, so that the policy on URLs and its
 * tests loop over every field of a schema, wherever it is nested, instead of a list of names.
 */
import * as z from 'zod';
import { fieldsWith, valuesWith } from './schema-parts.ts';

/** What ACS does with a URL: plays it, streams to it, has it speak and listen, or records to it. */
export type UrlUse = 'file' | 'stream' | 'speak' | 'record';

const uses = z.registry<{ readonly use: UrlUse; readonly isSsml?: true }>();

/** A field with a URL of this use. */
export function urlFor<Schema extends z.ZodType>(use: UrlUse, schema: Schema): Schema {
  uses.add(schema, { use });
  return schema;
}

/** SSML, whose elements name files that are played. */
export function ssmlWithUrls<Schema extends z.ZodType>(schema: Schema): Schema {
  uses.add(schema, { use: 'file', isSsml: true });
  return schema;
}

/** A URL of an input, with its JSON path and its use. */
export interface InputUrl {
  readonly path: string;
  readonly url: string;
  readonly use: UrlUse;
}

/** The URLs in a value of a schema; what its field does not take is left to validation, which reports it. */
export function urlsIn(schema: z.core.$ZodType, value: unknown): readonly InputUrl[] {
  return valuesWith(uses, schema, value).flatMap(({ path, value: text, schema: field, meta: { use, isSsml } }) => {
    const isTaken = typeof text === 'string' && z.core.safeParse(field, text).success;
    const urls = !isTaken ? [] : isSsml ? urlsOfSsml(text) : [text];
    return urls.map((url) => ({ path, url, use }));
  });
}

/** The JSON paths of every field with a URL in a schema. */
export function urlFields(schema: z.core.$ZodType): readonly { readonly path: string; readonly use: UrlUse }[] {
  return fieldsWith(uses, schema).map(({ path, meta: { use } }) => ({ path, use }));
}

/** The attributes of SSML that name a file: of audio, background audio and lexicon. */
const reference = /\s(?:src|uri|href)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function urlsOfSsml(ssml: string): readonly string[] {
  return [...ssml.matchAll(reference)].map(([, double, single]) => decoded(double ?? String(single)));
}

/** An attribute with its character references resolved; one that is none of XML's stays. */
function decoded(attribute: string): string {
  return attribute.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : (entities[name] ?? whole);
  });
}
