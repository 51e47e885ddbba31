/**
 * Which media action may run or queue beside which: the compatibility table of ACS (mid-call media actions how-to) as
 * data.
 */

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

/** The media of the main leg concern every participant; these actions queue behind one another. */
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
