/**
 * Which media action may run or queue beside which: the compatibility table of ACS (mid-call media actions how-to) as
 * data, so that a conflict is told before ACS is asked. Pure.
 */

import type { CallRecord, OpenOperation } from './call.ts';
import { readDueAt } from './operation-life/start-deadline.ts';

/** The rows and columns of the table. */
export const mediaActions = [
  'playToAll',
  'recognizeNonGroup',
  'playTo',
  'recognizeGroup',
  'sendDtmf',
  'startContinuousDtmf',
] as const;

export type MediaAction = (typeof mediaActions)[number];

/** What the main leg plays and hears concerns everybody; these queue up behind one another. */
const onMainLeg: readonly MediaAction[] = ['playToAll', 'recognizeNonGroup'];

/** By the action that runs or is queued: what may start beside it. The others are for the sub leg of one participant. */
export const compatible: Readonly<Record<MediaAction, readonly MediaAction[]>> = {
  playToAll: mediaActions,
  recognizeNonGroup: mediaActions,
  playTo: onMainLeg,
  recognizeGroup: onMainLeg,
  sendDtmf: onMainLeg,
  startContinuousDtmf: mediaActions,
};

/** What an operation does with the media of a call. */
export interface MediaUse {
  readonly kind: 'play' | 'recognize' | 'sendDtmf' | 'startContinuousDtmf';
  /** Whom it plays to or listens to; nobody in particular means everybody. */
  readonly participants: readonly string[];
  /** It cancels what runs, so nothing that runs is in its way. */
  readonly interrupts?: boolean | undefined;
}

/** The row of the table that a use belongs to. */
export function mediaActionOf({ kind, participants }: MediaUse, call: CallRecord): MediaAction {
  if (kind === 'play') {
    return participants.length > 0 ? 'playTo' : 'playToAll';
  }
  if (kind === 'recognize') {
    return isGroupCall(call) ? 'recognizeGroup' : 'recognizeNonGroup';
  }
  return kind;
}

/**
 * The open operation that keeps the use from starting, if any. The rule of the sub legs is taken per participant: the
 * documentation does not say whether it is (ours). An operation that is overdue blocks nothing: its event may be lost.
 */
export function blockingOperation(
  call: CallRecord,
  use: MediaUse,
  now: string,
): { readonly operationId: string; readonly name: string } | undefined {
  if (use.interrupts) {
    return undefined;
  }
  const action = mediaActionOf(use, call);
  const blocks = (operation: OpenOperation): boolean => {
    const { media, about, presumed } = operation;
    return (
      media !== undefined &&
      presumed === undefined &&
      readDueAt(operation) > now &&
      !compatible[media].includes(action) &&
      about.some((one) => use.participants.includes(one))
    );
  };
  const found = Object.entries(call.open).find(([, operation]) => blocks(operation));
  return found && { operationId: found[0], name: found[1].name };
}

/** The call once all its media operations were canceled: their events still settle them, but they block nothing. */
export function withoutMedia(call: CallRecord): CallRecord {
  const open = Object.entries(call.open).map(([id, { media: _, ...operation }]) => [id, operation]);
  return { ...call, open: Object.fromEntries(open) };
}

/**
 * A call is a group call when it was made as one, was joined, or holds more than one person besides us (ours: the
 * documentation names group calls without saying what makes one).
 */
function isGroupCall({ isGroup, direction, participants, incoming }: CallRecord): boolean {
  const others = participants.filter(({ participant }) => participant !== incoming?.to);
  return isGroup === true || direction === 'joined' || others.length > 1;
}
