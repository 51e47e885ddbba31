/** Finds the media operation that is in the way of another, so that a conflict is refused before ACS is asked. Pure. */
import type { CallRecord } from './call.ts';
import { compatible, type MediaAction } from './media-compatibility.ts';
import { type OpenOperation, readDueAt } from './operation-life/open-operation.ts';

/** What an operation does with the media of a call. */
export interface MediaUse {
  /** The row of the compatibility table that it belongs to. */
  readonly action: MediaAction;
  /** Its row in a group call, if that is another. */
  readonly actionInGroupCall?: MediaAction;
  /** The participants that it plays to or listens to; none means all. */
  readonly participants: readonly string[];
  /** It cancels what runs, so what runs does not block it. */
  readonly interrupts?: boolean | undefined;
}

/** The row of the table that a use belongs to in this call. */
export function mediaActionOf({ action, actionInGroupCall = action }: MediaUse, call: CallRecord): MediaAction {
  return isGroupCall(call) ? actionInGroupCall : action;
}

/**
 * The open operation that blocks the use, if any. The rule of the sub legs is applied per participant: the documentation
 * does not say whether it is, so this is Switchboard's choice. An operation that is overdue blocks nothing: its event may
 * be lost.
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
    const { media, about, life } = operation;
    return (
      media !== undefined &&
      life.state !== 'presumed' &&
      readDueAt(operation) > now &&
      !compatible[media].includes(action) &&
      about.some((one) => use.participants.includes(one))
    );
  };
  const found = Object.entries(call.open).find(([, operation]) => blocks(operation));
  return found && { operationId: found[0], name: found[1].name };
}

/** The call once all its media operations were canceled: their events still settle them, but they no longer block. */
export function withoutMedia(call: CallRecord): CallRecord {
  const open = Object.entries(call.open).map(([id, { media: _, ...operation }]) => [id, operation]);
  return { ...call, open: Object.fromEntries(open) };
}

/**
 * A call is a group call when it was made as one, was joined, or has more than one other participant. This is Switchboard's
 * choice: the documentation names group calls without defining them.
 */
function isGroupCall({ isGroup, direction, participants, incoming }: CallRecord): boolean {
  const others = participants.filter(({ participant }) => participant !== incoming?.to);
  return isGroup === true || direction === 'joined' || others.length > 1;
}
