/** An app that runs already, at an address: whether it can be asked, and the scene that it makes. */

import { controlClient } from '../emulator/index.ts';
import { send } from './api.ts';
import type { Scene } from './scene.ts';

export interface RunningApp {
  /** Without a slash at the end. */
  readonly app: string;
  readonly key?: string | undefined;
  readonly emulator?: string | undefined;
}

/** The scene. Rejects, saying what is wrong, when the app or the emulator does not answer, or the app wants another key. */
export async function sceneAt({ app, key, emulator }: RunningApp, over: AbortSignal): Promise<Scene> {
  const scene = { apiUrl: `${app}/api`, key, emulatorUrl: emulator, over };
  await checkApp(scene);
  if (emulator !== undefined) {
    await controlClient(emulator)
      .get('settings')
      .catch(unreachable(`No emulator answers at ${emulator}`));
  }
  return scene;
}

/** Any read will do that a key opens. */
async function checkApp(scene: Scene): Promise<void> {
  const { status } = await send(scene, 'calls?limit=1').catch(unreachable(`No app answers at ${scene.apiUrl}`));
  const hints: Readonly<Record<number, string>> = {
    401: scene.key === undefined ? 'give it an API key or a token by --key' : 'it wants another key than that of --key',
    404: 'it has no functions, or is another program',
  };
  if (status !== 200) {
    const hint = hints[status] ?? 'its own output says why';
    throw new Error(`${scene.apiUrl}/calls answers ${status}: ${hint}.`);
  }
}

function unreachable(message: string): (cause: Error) => never {
  return (cause) => {
    throw new Error(`${message}: ${cause.cause instanceof Error ? cause.cause.message : cause.message}.`, { cause });
  };
}
