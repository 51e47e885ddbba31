/** Reads plans: what Azure would be asked for, by the compiler, for each set of parameters in test/infra/plans. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export interface Resource {
  /** From the provider on, such as `Microsoft.Web/sites/func-plan`. */
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly body: Json;
}

export interface Plan {
  /** The set of parameters that leads to it, such as `default`. */
  readonly name: string;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, Json>>;
}

/** In a plan, what is known only in Azure is an expression between brackets. */
export const isExpression = (value: Json | undefined) => typeof value === 'string' && value.startsWith('[');

/**
 * Names lose the hash of their deployment (`func-plan`), ids the subscription and the group, so that rules read as they
 * are meant. What a plan has within its expressions is shortened likewise.
 */
export function readPlan(name: string, text: string): Plan {
  const hash = /"id-(\w{13})"/.exec(text)?.[1] ?? 'plan';
  const shortened = text
    .replaceAll(hash, 'plan')
    .replaceAll(/\/subscriptions\/[\w-]+\/(resourceGroups\/rg-plan\/)?providers\//g, '');
  const { predictedResources, outputs } = JSON.parse(shortened) as {
    readonly predictedResources: readonly (Omit<Resource, 'body'> & Json)[];
    readonly outputs: Readonly<Record<string, Json>>;
  };
  const resources = predictedResources.map((body) => ({
    id: body.id.replace(/^.*\/providers\//, (path) => path.replaceAll('/providers/', '/')),
    type: body.type,
    apiVersion: body.apiVersion,
    body,
  }));
  return { name, resources, outputs };
}

/** The value at a path such as `properties.siteConfig.minTlsVersion`; a number is the place in an array. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((inner, name) => membersOf(inner)[name], value);
}

/** As text, for comparison; `undefined` when there is none. */
export function textAt(value: Json | undefined, path: string): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' || found === undefined ? found : JSON.stringify(found);
}

/** The elements of an array; none for what is no array. */
export function elementsAt(value: Json | undefined, path: string): readonly Json[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** The members of an object or of an array; none for anything else. */
export function membersOf(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, Json>>) : {};
}

/** Every text within a value. */
export function textsIn(value: Json): readonly string[] {
  return typeof value === 'string' ? [value] : Object.values(membersOf(value)).flatMap(textsIn);
}
