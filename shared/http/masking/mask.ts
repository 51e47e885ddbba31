/**
 * Masks an answer for a caller who may not see people: their numbers, names, digits and words, and what clients wrote of them.
 * What is not known to be readable is hidden (`readable.ts`), whichever endpoint answers. Pure.
 */
import type * as z from 'zod';
import { maskedSentence, maskedText, namesPerson } from './masked-text.ts';
import { alternativesOf, descriptions, foreign, isKnown, isReadable, isStated, sentences } from './readable.ts';

export interface Masked {
  readonly value: unknown;
  /** Something in the value is hidden: a caller who gets it without the mask is shown people. */
  readonly hasPeople: boolean;
}

/** Where a value stands in an answer. */
interface Position {
  readonly name: string;
  /** What schemas state of it; nothing where ACS or a client chose the members. */
  readonly schemas: readonly z.core.$ZodType[];
  /** It is in what a client or a caller wrote. */
  readonly isForeign?: boolean;
  /** A sentence here is ACS's. */
  readonly isOfAcs?: boolean;
}

/** A value of a schema as a caller without `People.See` may see it; without a schema, only what is readable anywhere. */
export function mask(value: unknown, schema?: z.core.$ZodType): Masked {
  let hasPeople = false;
  const note = (before: string, after: string): string => {
    hasPeople ||= before !== after;
    return after;
  };

  function masked(one: unknown, position: Position): unknown {
    if (typeof one === 'string') {
      return note(one, textAt(one, position));
    }
    if (typeof one !== 'object' || one === null) {
      return one;
    }
    const schemas = expanded(position.schemas);
    if (Array.isArray(one)) {
      const elements = schemas.flatMap(({ _zod: { def } }) => (isOf(def, 'array') ? [def.element] : []));
      return one.map((element) => masked(element, { ...position, schemas: elements }));
    }
    const isOfAcs = position.isOfAcs || saysAcs(one);
    return Object.fromEntries(
      Object.entries(one).map(([key, member]) => {
        if (descriptions.includes(key) && schemas.length > 0) {
          return [key, member];
        }
        const { isRecord, stated } = memberOf(schemas, key);
        const isForeign = position.isForeign === true || foreign.includes(key);
        // In a record a client chooses the names, so that they state nothing.
        const name = isRecord ? '' : key;
        return [note(key, maskedSentence(key, false)), masked(member, { name, schemas: stated, isForeign, isOfAcs })];
      }),
    );
  }

  const shown = masked(value, { name: '', schemas: schema ? [schema] : [] });
  return { value: shown, hasPeople };
}

function textAt(text: string, { name, schemas, isForeign, isOfAcs = false }: Position): string {
  const stated = expanded(schemas);
  if (isForeign) {
    return maskedText(text);
  }
  if (stated.some((one) => isStated(one, text))) {
    return text;
  }
  if (sentences.includes(name)) {
    return maskedSentence(text, isOfAcs);
  }
  const isDeclared = stated.some(({ _zod: { def } }) => isOf(def, 'string'));
  const isShown = isDeclared ? isReadable(name) : isKnown(name, text);
  return isShown && !namesPerson(text) ? text : maskedText(text);
}

/** The schemas of a position without what wraps them, each alternative by itself. */
function expanded(schemas: readonly z.core.$ZodType[]): readonly z.core.$ZodTypes[] {
  return schemas.flatMap((schema) => {
    const alternatives = alternativesOf(schema);
    return alternatives.length > 0 ? expanded(alternatives) : [schema as z.core.$ZodTypes];
  });
}

/** What the schemas of an object state of a member, and whether its name is a key that a client chose. */
function memberOf(schemas: readonly z.core.$ZodTypes[], key: string) {
  const declared = schemas.flatMap(({ _zod: { def } }) =>
    isOf(def, 'object') && Object.hasOwn(def.shape, key) ? [def.shape[key] as z.core.$ZodType] : [],
  );
  const values = schemas.flatMap(({ _zod: { def } }) => (isOf(def, 'record') ? [def.valueType] : []));
  const isRecord = declared.length === 0 && values.some(({ _zod: { def } }) => def.type === 'string');
  return { isRecord, stated: declared.length > 0 ? declared : values };
}

type Definition = z.core.$ZodTypes['_zod']['def'];

function isOf<Type extends Definition['type']>(
  def: Definition,
  type: Type,
): def is Extract<Definition, { readonly type: Type }> {
  return def.type === type;
}

/** Whether an object reports ACS's words: by its codes, or as the source of an error. */
function saysAcs(one: object): boolean {
  return 'acsCode' in one || 'subCode' in one || ('source' in one && one.source === 'acs');
}
