/** The table of REST operations: routes, validation, faults and the log are loops over it. */

import * as identity from '../identity/operations.ts';
import * as rooms from '../rooms/operations.ts';
import { addParticipant } from './add-participant.ts';
import { answerCall } from './answer-call.ts';
import { cancelAddParticipant } from './cancel-add-participant.ts';
import { connect } from './connect-call.ts';
import { createCall } from './create-call.ts';
import { getCall } from './get-call.ts';
import { getParticipant } from './get-participant.ts';
import { getParticipants } from './get-participants.ts';
import { hangupCall } from './hangup-call.ts';
import { moveParticipants } from './move-participants.ts';
import { mute } from './mute-participants.ts';
import type { Operation } from './operation.ts';
import { redirectCall } from './redirect-call.ts';
import { rejectCall } from './reject-call.ts';
import { removeParticipant } from './remove-participant.ts';
import { terminateCall } from './terminate-call.ts';
import { transferToParticipant } from './transfer-call.ts';

export const operations: readonly Operation[] = [
  createCall,
  answerCall,
  redirectCall,
  rejectCall,
  connect,
  getCall,
  hangupCall,
  terminateCall,
  transferToParticipant,
  getParticipants,
  addParticipant,
  removeParticipant,
  mute,
  cancelAddParticipant,
  moveParticipants,
  getParticipant,
  ...Object.values(rooms),
  ...Object.values(identity),
];
