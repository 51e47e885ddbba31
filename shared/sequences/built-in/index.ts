/** The table of built-in sequences. */
import type { BuiltIn } from '../built-in.ts';
import { addThenCancel } from './add-then-cancel.ts';

export const builtIns = [addThenCancel] as const satisfies readonly BuiltIn[];
