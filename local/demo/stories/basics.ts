/** The basics: what an app can show without an emulator. No call is made. */

import type { Sequence } from '../../../shared/sequences/runtime/sequence.ts';
import type { Story } from '../story.ts';

const caller = '+14255550101';
const desk = '+14255550100';

export const basics: Story = {
  name: 'basics',
  title: 'The app is healthy, explains a routing rule, and runs a sequence that makes no call',
  needs: [],

  async play({ ask, expect, until }) {
    const health = await ask<{ status: string }>('GET', 'health');
    expect('the app reaches its storage', health.status, 'healthy');

    const rule = { priority: 1, match: { from: caller, to: desk }, action: { kind: 'reject', reason: 'busy' } };
    await ask('PUT', 'routing-rules/demo-basics', rule);
    const explained = await ask<{ ruleId?: string }>('POST', 'routing-rules/explain', { from: caller, to: desk });
    expect('the rule would take the call', explained.ruleId, 'demo-basics');

    const steps = [{ wait: 'PT1S' }, { result: { outcome: 'rested' } }];
    const { sequenceId } = await ask<Sequence>('POST', 'sequences', { steps });
    const isOver = ({ status }: Sequence) => status !== 'running';
    const ended = await until<Sequence>('the sequence ends', `sequences/${sequenceId}`, isOver);
    expect('it waited, and has its result', [ended.status, ended.result], ['succeeded', { outcome: 'rested' }]);
  },
};
