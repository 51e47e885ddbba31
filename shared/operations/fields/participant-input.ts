/** The input of operations that act on one participant and take nothing else. */
import { operationInput } from './fields.ts';
import { participant } from './people.ts';

export const participantInput = operationInput({ participant }).meta({ id: 'ParticipantRequest' });
