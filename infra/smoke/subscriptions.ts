/** The event subscriptions that infra/events.bicep makes, by their names: that file is the one place that has them. */

/** Throws when there is none: a deployment without events takes no calls. */
export function subscriptionNamesIn(bicep: string): readonly string[] {
  const resources = bicep.matchAll(/\/eventSubscriptions@[\d-]+' = \{\n {2}parent: topic\n {2}name: '([\w-]+)'$/gm);
  const names = [...resources].map(([, name = '']) => name);
  if (names.length === 0) {
    throw new Error('Expected event subscriptions, with their names, in infra/events.bicep.');
  }
  return names;
}
