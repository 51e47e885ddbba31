/** Invites people: an invitation rings for a limited time, and a tone confirms that no voicemail answered it. */
import type { z } from 'zod';
import { longestInvitationSeconds } from '../../operations/participants/add-participant.ts';
import type { Condition, DoStep, Step } from '../language/definition.ts';
import type { confirmation } from './input.ts';

/** The invited person, and the caller that they see. */
interface Invitation {
  readonly target: string;
  readonly callerId?: string | undefined;
  readonly displayName?: string | undefined;
}

/** Invites a person, and cancels the invitation unless it is answered in time: the step then ends `canceled`. */
export function ring(id: string, invitation: Invitation, ringFor: string): DoStep {
  return {
    id,
    do: 'addParticipant',
    with: { ...invitation, invitationTimeoutSeconds: longestInvitationSeconds },
    onFailure: 'continue',
    timeout: ringFor,
    // The answer and the cancel may race: the outcome of the invitation says which won, so a failed cancel is no error.
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

/** Steps that say to an invited person who has answered why they are removed. */
export function inform(
  id: string,
  target: string,
  prompt: Readonly<Record<string, unknown>> | undefined,
  confirm?: unknown,
): Step[] {
  if (!prompt) {
    return [];
  }
  const play: Step = { id: `${id}-inform`, do: 'play', with: { sources: [prompt], to: [target] } };
  const isRemoved: Condition = { ref: `$steps.${id}-remove.status`, exists: true };
  const then: Step[] = confirm ? [{ if: isRemoved, then: [], else: [play] }] : [play];
  return [{ if: { ref: `$steps.${id}.status`, equals: 'succeeded' }, then }];
}

/** Steps that try to reach a person, and the condition that holds after them on success. */
export interface Reaching {
  readonly steps: readonly Step[];
  readonly isReached: Condition;
}

/** Invites a person and, if wanted, asks for a tone. A person who answers without pressing it is removed. */
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
