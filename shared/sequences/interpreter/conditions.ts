/** Conditions on what earlier steps brought. Pure. */
import type { Condition } from '../language/definition.ts';
import { dereference, type Names } from '../language/references.ts';

/** Whether a condition holds; a reference that names nothing equals nothing. */
export function holds({ ref, equals, in: list, exists }: Condition, names: Names): boolean {
  const value = dereference(ref, names);
  if (exists !== undefined) {
    return (value !== undefined) === exists;
  }
  return (list ?? [equals]).some((one) => one === value);
}
