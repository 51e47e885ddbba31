/** A rule about what is deployed, with the edit that breaks it. */
import type { Edit, Infra } from './files.ts';

export interface Policy {
  readonly name: string;
  /** What is against the rule, and where; nothing when all is well. */
  readonly check: (infra: Infra) => readonly string[];
  /** An edit after which this rule, and no other, is broken. */
  readonly broken: Edit;
}

/** What only one of two lists has. */
export function difference(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...one.filter((each) => !other.includes(each)), ...other.filter((each) => !one.includes(each))];
}
