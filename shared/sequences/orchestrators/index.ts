/** The table of orchestrators: add your own. */
import type { Orchestrator } from '../flow/orchestrator.ts';
import { callBack } from './call-back.ts';

export const orchestrators: readonly Orchestrator[] = [callBack];
