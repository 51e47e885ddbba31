/** What stands in the way of many methods alike, in an order in which each leaves the next its call. */

import { APP_NUMBER, clientOf } from '../stage.ts';
import { type Method, restOperations } from './method.ts';
import { callNotFound, phone, type Scene } from './row.ts';
import { sceneOf } from './scene.ts';

interface Obstacle {
  readonly title: string;
  readonly refusal: { readonly statusCode: number; readonly code: string };
  readonly hinders: (method: Method) => boolean;
  /** The scene with the obstacle in it. */
  readonly place: (scene: Scene, method: Method) => Promise<Scene>;
}

/** What the SDK makes of a refusal: that of the storage host has no code. */
export function thrown(method: Method, { statusCode, code }: Obstacle['refusal']): object {
  const isOfStorage = restOperations[method].some((name) => name === 'downloadRecording' || name === 'deleteRecording');
  return isOfStorage ? { status: statusCode } : { statusCode, code };
}

const isAboutCall = (method: Method) => /^Call(Connection|Media)\./.test(method);

/** These answer for a call that has not been answered yet, too. */
const inAnyState: readonly Method[] = [
  'CallConnection.getCallConnectionProperties',
  'CallConnection.hangUp',
  'CallConnection.listParticipants',
  'CallConnection.getParticipant',
];

const answered = (status: number, code: string): Obstacle => ({
  title: `ACS answers ${status}`,
  refusal: { statusCode: status, code },
  hinders: () => true,
  async place(scene, method) {
    const { control } = scene.stage.emulator;
    await control.delete('faults');
    for (const match of restOperations[method]) {
      await control.post('faults', { match, do: { status }, times: 1 });
    }
    return scene;
  },
});

export const obstacles: readonly Obstacle[] = [
  {
    title: 'the key is wrong',
    refusal: { statusCode: 401, code: '7509' },
    hinders: () => true,
    async place(scene) {
      const { emulator } = scene.stage;
      const { callConnectionId = '' } = await scene.connection.getCallConnectionProperties();
      const connectionString = emulator.connectionString.replace(/accesskey=.*/, 'accesskey=d3Jvbmc=');
      const client = clientOf({ url: emulator.url, connectionString });
      return sceneOf(scene, client.getCallConnection(callConnectionId), client);
    },
  },
  answered(403, '9999'),
  answered(429, '8516'),
  answered(500, '9999'),
  {
    title: 'the call is unknown',
    refusal: callNotFound,
    hinders: isAboutCall,
    place: async (scene) => sceneOf(scene, scene.client.getCallConnection('00000000-0000-4000-8000-000000000000')),
  },
  {
    title: 'the call is unanswered',
    refusal: { statusCode: 400, code: '8501' },
    hinders: (method) => isAboutCall(method) && !inAnyState.includes(method),
    async place(scene) {
      const target = { targetParticipant: phone('+14255550144'), sourceCallIdNumber: phone(APP_NUMBER) };
      const { callConnection } = await scene.client.createCall(target, scene.stage.callback);
      return sceneOf(scene, callConnection);
    },
  },
  {
    title: 'the call has ended',
    refusal: callNotFound,
    hinders: isAboutCall,
    async place(scene) {
      await scene.connection.hangUp(true);
      await scene.stage.advance(0);
      scene.stage.app.arrivals.length = 0;
      return scene;
    },
  },
];
