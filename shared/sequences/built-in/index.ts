/** The table of built-in sequences. */

import { addThenCancel } from './add-then-cancel.ts';
import { collectDigits } from './collect-digits.ts';
import { consentThenRecord } from './consent-then-record.ts';
import type { BuiltIn } from './define-sequence.ts';
import { menu } from './menu.ts';
import { recordLifecycle } from './record-lifecycle.ts';
import { ringGroup } from './ring-group.ts';
import { roomCall } from './room-call.ts';
import { warmTransfer } from './warm-transfer.ts';

export const builtIns = [
  addThenCancel,
  ringGroup,
  warmTransfer,
  recordLifecycle,
  consentThenRecord,
  menu,
  collectDigits,
  roomCall,
] as const satisfies readonly BuiltIn[];
