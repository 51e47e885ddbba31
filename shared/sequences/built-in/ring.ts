/** Reaching people: they are rung for a while, and confirm with a tone that they are not a voicemail. */
import type { z } from 'zod';
import type { Condition, DoStep, Step } from '../language/definition.ts';
import { type confirmation, longestInvitationSeconds } from './input.ts';

/** Whom to invite, and as whom. */
interface Invitation {
  readonly target: string;
  readonly callerId?: string | undefined;
  readonly displayName?: string | undefined;
}

/** Invites somebody, and cancels the invitation unless it is answered in time; the status of the step tells which. */
export function ring(id: string, invitation: Invitation, ringFor: string): DoStep {
  return {
    id,
    do: 'addParticipant',
    with: { ...invitation, invitationTimeoutSeconds: longestInvitationSeconds },
    onFailure: 'continue',
    timeout: ringFor,
    // When the answer and the cancel race, what became of the invitation tells who won.
    onTimeout: [
      {
        id: `${id}-cancel`,
        do: 'cancelAddParticipant',
        with: { invitationId: `$steps.${id}.result.invitationId` },
        onFailure: 'continue',
      },
    ],
  };
}

/** Steps that try to reach somebody, and what holds after them when it worked. */
export interface Reaching {
  readonly steps: readonly Step[];
  readonly isReached: Condition;
}

/** Rings somebody and, if wanted, has them press a tone. Whoever answers without pressing it is removed again. */
export function reach(
  id: string,
  invitation: Invitation,
  { ringFor, confirm }: { ringFor: string; confirm?: z.output<typeof confirmation> | undefined },
): Reaching {
  const ringing = ring(id, invitation, ringFor);
  const hasAnswered: Condition = { ref: `$steps.${id}.status`, equals: 'succeeded' };
  if (!confirm) {
    return { steps: [ringing], isReached: hasAnswered };
  }
  const participant = invitation.target;
  const isReached: Condition = { ref: `$steps.${id}-confirm.result.tones.0`, equals: confirm.tone };
  const confirming: Step = {
    id: `${id}-confirm`,
    do: 'recognize',
    with: { participant, input: 'dtmf', maxTones: 1, prompt: confirm.prompt, interruptPrompt: true },
    onFailure: 'continue',
  };
  const remove: Step = { id: `${id}-remove`, do: 'removeParticipant', with: { participant }, onFailure: 'continue' };
  const person: Step = { if: isReached, then: [], else: [remove] };
  return { steps: [ringing, { if: hasAnswered, then: [confirming, person] }], isReached };
}
