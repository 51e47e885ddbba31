/** The event subscriptions that infra/events.bicep makes, by their names: its table is the one place that has them. */

/** The names in the table. Throws when there is none: a deployment without events takes no calls. */
export function subscriptionNamesIn(bicep: string): readonly string[] {
  const [, table = ''] = /^var subscriptions = \[\n([\s\S]*?)^\]/m.exec(bicep) ?? [];
  const names = [...table.matchAll(/^ {4}name: '([\w-]+)'$/gm)].map(([, name = '']) => name);
  if (names.length === 0) {
    throw new Error('Expected a table of subscriptions in infra/events.bicep.');
  }
  return names;
}
