/**
 * `@azure/functions-core`, the module that only a host provides: supplied by answering `require` for that one name,
 * as the Node.js worker of Azure Functions does. No package of that name exists.
 */

import Module from 'node:module';
import { HostError } from '../errors.ts';
import type { LogLevel } from '../log.ts';
import { Disposable } from './disposable.ts';
import type { HookCallback } from './hooks.ts';
import type { AppRegistry, Registration } from './registry.ts';
import type { FunctionCallback, ProgrammingModel } from './rpc.ts';

/** The versions whose behaviour this host follows. */
export const versions = { worker: '3.10.1', host: '4.1037.0' } as const;

export type CoreLog = (level: LogLevel, category: string, message: string) => void;

let provided = false;

/**
 * Makes the core module resolvable for everything loaded from now on. Once per process: the library keeps the first
 * answer, and the modules of an app run their registrations only when they are first loaded.
 */
export function provideCoreModule(registry: AppRegistry, log: CoreLog): void {
  if (provided) {
    throw new HostError('This process has served an app already: a second needs a process of its own.');
  }
  provided = true;
  const core = coreApi(registry, log);
  const { require } = Module.prototype;
  Module.prototype.require = new Proxy(require, {
    apply: (target, module, args) => (args[0] === '@azure/functions-core' ? core : Reflect.apply(target, module, args)),
  });
}

/** The module's whole public surface, whether or not `@azure/functions` uses it: instrumentation does. */
function coreApi(registry: AppRegistry, log: CoreLog) {
  return {
    version: versions.worker,
    hostVersion: versions.host,
    registerFunction: (registration: Registration, callback: FunctionCallback) =>
      registry.register(registration, callback),
    registerHook: (name: string, callback: HookCallback) => registry.hooks.register(name, callback),
    setProgrammingModel: (model: ProgrammingModel) => registry.setModel(model),
    getProgrammingModel: () => registry.model,
    log,
    Disposable,
  };
}
