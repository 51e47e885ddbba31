/** The table of orchestrators: add your own. */
import { callBack } from './call-back.ts';
import type { Orchestrator } from './flow/orchestrator.ts';

export const orchestrators: readonly Orchestrator[] = [callBack];
