/** The parts for as long as a program needs them, and not longer. */

import { interruption } from './interruption.ts';
import type { Service } from './service.ts';
import { type Stack, type StackOptions, startStack } from './stack.ts';

/**
 * Starts the parts, hands them to `use`, and stops them when it is done or has failed. `over` is aborted when a person
 * interrupts or a part ends by itself: then this rejects with that reason, as the better one of two.
 */
export async function withStack(
  options: Omit<StackOptions, 'signal' | 'onStart'>,
  use: (stack: Stack, over: AbortSignal) => Promise<void>,
): Promise<void> {
  const services: Service[] = [];
  const interrupted = interruption(() => {
    for (const service of services) {
      service.kill();
    }
  });
  const onStart = (service: Service) => void services.push(service);
  const stack = await startStack({ ...options, signal: interrupted, onStart });
  const over = AbortSignal.any([interrupted, stack.ended]);
  try {
    await use(stack, over);
  } catch (error) {
    throw over.aborted ? over.reason : error;
  } finally {
    await stack.stop();
  }
}
