/** The stories, in the order in which they are played. */

import type { Story } from '../story.ts';
import { addThenCancel } from './add-then-cancel.ts';
import { basics } from './basics.ts';
import { crash } from './crash.ts';
import { digits } from './digits.ts';
import { groupCall } from './group-call.ts';
import { ivr } from './ivr.ts';
import { recording } from './recording.ts';
import { roomCall } from './room-call.ts';
import { screening } from './screening.ts';
import { transfer } from './transfer.ts';

export const stories: readonly Story[] = [
  basics,
  roomCall,
  groupCall,
  transfer,
  screening,
  ivr,
  recording,
  digits,
  addThenCancel,
  crash,
];
