/** What is known of the values in steps when a sequence starts. */
import type { CheckInput } from '../../operations/parse-input.ts';
import { isReference, resolveFields } from './references.ts';

/** What is known when a sequence starts. */
export interface DefinitionContext {
  readonly input: Readonly<Record<string, unknown>>;
  readonly callId: string | undefined;
  readonly checkInput?: CheckInput | undefined;
}

/** Fields with the references to the sequence's input resolved. A value that a step will produce is null. */
export function knownFields(
  fields: Readonly<Record<string, unknown>>,
  { input, callId }: DefinitionContext,
): Record<string, unknown> {
  const names = { input, callId: callId ?? 'unknown', sequenceId: 'unknown' };
  const blanked = JSON.parse(
    JSON.stringify(fields, (_, value) => (isReference(value) && isUnknown(value) ? null : value)),
  );
  return resolveFields(blanked, names);
}

export function isUnknown(reference: string): boolean {
  return !reference.startsWith('$input');
}
