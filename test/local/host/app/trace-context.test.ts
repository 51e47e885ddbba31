import { expect, it } from 'vitest';
import { traceContext } from '../../../../local/host/app/trace-context.ts';

const caller = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

it('continues the trace of the caller in a span of its own', () => {
  const { traceParent, traceState } = traceContext(caller, 'vendor=1');

  expect(traceParent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
  expect(traceParent).not.toBe(caller);
  expect(traceState).toBe('vendor=1');
});

it.each([undefined, '', 'nonsense', `${caller}-x`])('starts a trace when the caller sent %s', (parent) => {
  expect(traceContext(parent, 'vendor=1')).toEqual({
    traceParent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    traceState: '',
  });
});
