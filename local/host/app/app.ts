/** A function app in this process: loaded, its appStart hooks run, its functions ready to be served. */

import { HostError } from '../errors.ts';
import type { Log } from '../log.ts';
import { provideCoreModule } from './core-module.ts';
import { type AppFunction, byName, isDisabled, toAppFunction } from './function.ts';
import { Hooks } from './hooks.ts';
import { loadApp } from './loader.ts';
import { AppRegistry } from './registry.ts';

export interface App {
  readonly registry: AppRegistry;
  /** In Azure's order, by name; without those that a setting disables. */
  readonly functions: readonly AppFunction[];
  /** The library's own HTTP server, when the app has called `app.setup({ enableHttpStream: true })`. */
  readonly streamUrl: string | undefined;
}

/** Loads the app at `root`, in the order of Azure's worker. Once per process. */
export async function startApp(root: string, main: string | undefined, log: Log): Promise<App> {
  const registry = new AppRegistry();
  provideCoreModule(registry, (level, category, message) => log(level, `Worker.${category}`, message));
  await loadApp(root, main, () => registry.functions.length > 0);
  registry.finishLoading();
  if (registry.functions.length === 0) {
    throw new HostError(`The app in ${root} registered no function: expected calls such as app.http('name', …).`);
  }
  const functions = registry.functions
    .filter(({ name }) => !isDisabled(name))
    .map(toAppFunction)
    .sort(byName);
  const { appHookData, appLevelHookData: hookData } = registry.hooks;
  await registry.hooks.run('appStart', Hooks.context({ hookData, appHookData, functionAppDirectory: root }, {}));
  const capabilities = await registry.model?.getCapabilities?.({});
  return { registry, functions, streamUrl: capabilities?.HttpUri };
}

/** Runs the appTerminate hooks. */
export async function terminateApp({ registry: { hooks } }: App): Promise<void> {
  const { appHookData, appLevelHookData: hookData } = hooks;
  await hooks.run('appTerminate', Hooks.context({ hookData, appHookData }, {}));
}
