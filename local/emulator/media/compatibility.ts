/** Which media operations may run or wait beside one another: the documented compatibility table, as data. */

export const MEDIA_OPERATIONS = [
  'playToAll',
  'recognizeNonGroup',
  'playTo',
  'recognizeGroup',
  'sendDtmf',
  'continuousDtmf',
] as const;

/** A media operation as the table distinguishes them: by leg, and by the kind of call. */
export type MediaOperation = (typeof MEDIA_OPERATIONS)[number];

/** The operations on the leg that all participants share; the others run on the sub legs of their targets. */
const MAIN_LEG: readonly MediaOperation[] = ['playToAll', 'recognizeNonGroup'];

/** For each operation that runs or waits, the operations that may be requested. */
const ALLOWED: Record<MediaOperation, readonly MediaOperation[]> = {
  playToAll: MEDIA_OPERATIONS,
  recognizeNonGroup: MEDIA_OPERATIONS,
  playTo: MAIN_LEG,
  recognizeGroup: MAIN_LEG,
  sendDtmf: MAIN_LEG,
  continuousDtmf: MEDIA_OPERATIONS,
};

/** Whether `wanted` may run or wait while `existing` does, for the same participant. */
export function isAllowed(existing: MediaOperation, wanted: MediaOperation): boolean {
  return ALLOWED[existing].includes(wanted);
}

/** Whether the operation runs on the main leg, after those before it. */
export function isOnMainLeg(operation: MediaOperation): boolean {
  return MAIN_LEG.includes(operation);
}
