/** One invocation from arguments to response, in the order of Azure's Node.js worker: hooks before and after the app. */

import type { LogLevel } from '../log.ts';
import type { AppFunction } from './function.ts';
import { Hooks } from './hooks.ts';
import type { AppRegistry } from './registry.ts';
import type { CoreInvocationContext, InvocationModel, InvocationRequest, InvocationResponse } from './rpc.ts';
import { SystemError } from './system-error.ts';

export type InvocationLog = (level: LogLevel, category: string, message: string) => void;

export interface Outcome extends InvocationResponse {
  /** What the function returned, after the postInvocation hooks. */
  readonly result: unknown;
}

/** Runs the function once; rejects with what it (or a hook) threw. */
export async function runPipeline(
  registry: AppRegistry,
  fn: AppFunction,
  request: InvocationRequest,
  log: InvocationLog,
): Promise<Outcome> {
  if (registry.model === undefined) {
    throw new SystemError('No programming model was set: is @azure/functions 4 loaded?');
  }
  const { hooks } = registry;
  const hookData = {};
  let context: unknown;
  const core = coreContext(fn, request, (level, category, message) => {
    const line = Hooks.context(
      { hookData, appHookData: hooks.appHookData, category, invocationContext: context },
      { level, message },
    );
    hooks.runLogHooks(line);
    log(line.level, category, line.message);
  });
  const model = await registry.model.getInvocationModel(core);
  const { context: invocationContext, inputs } = await model.getArguments();
  context = invocationContext;
  const fixed = { hookData, appHookData: hooks.appHookData, invocationContext };

  const before = Hooks.context(fixed, { inputs, functionCallback: fn.callback });
  await during(core, 'preInvocationHooks', () => hooks.run('preInvocation', before));
  const ended = await during(core, 'invocation', () => settle(model, context, before));
  const after = Hooks.context(fixed, { inputs: before.inputs, ...ended });
  await during(core, 'postInvocationHooks', () => hooks.run('postInvocation', after));

  if (after.error !== null && after.error !== undefined) {
    throw after.error;
  }
  return { ...(await model.getResponse(context, after.result)), result: after.result };
}

function coreContext(fn: AppFunction, request: InvocationRequest, log: InvocationLog): CoreInvocationContext {
  const { name, bindings } = fn;
  return { invocationId: request.invocationId, metadata: { name, bindings }, request, state: undefined, log };
}

async function during<T>(core: CoreInvocationContext, state: CoreInvocationContext['state'], work: () => Promise<T>) {
  core.state = state;
  try {
    return await work();
  } finally {
    core.state = undefined;
  }
}

type Call = { inputs: unknown[]; functionCallback: AppFunction['callback'] };

async function settle(model: InvocationModel, context: unknown, { inputs, functionCallback }: Call) {
  try {
    const result: unknown = await model.invokeFunction(context, inputs, functionCallback);
    return { result, error: null as unknown };
  } catch (error) {
    return { result: null as unknown, error: error as unknown };
  }
}
