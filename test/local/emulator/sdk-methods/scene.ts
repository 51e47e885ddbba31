/** Sets the scene of a row: the people, the call to Anna, and the app that listens to callbacks and to Event Grid. */

import type { CallConnection } from '@azure/communication-call-automation';
import { GRID_KINDS } from '../../../../local/emulator/event-kinds.ts';
import { ANNA } from '../stage.ts';
import type { Row, Scene, World } from './row.ts';

/** Subscribes to every event of Event Grid. */
export async function subscribe({ stage, grid }: World): Promise<void> {
  const eventTypes = GRID_KINDS.map((kind) => `Microsoft.Communication.${kind}`);
  await stage.emulator.control.put('event-grid/subscriptions/suite', { endpoint: `${grid.url}/grid`, eventTypes });
}

/** Clears the state, but for the subscription. */
export async function clear({ stage, audio }: World): Promise<void> {
  await stage.emulator.control.post('reset');
  audio.clear();
}

/** The scene of a row, all in the call; what has arrived until then is cleared. */
export async function setScene(world: World, row: Row): Promise<{ scene: Scene; given: string }> {
  const { stage, grid } = world;
  for (const [id, script] of Object.entries(row.parties ?? {})) {
    await stage.emulator.control.put(`parties/${id}`, script);
  }
  const connection = await stage.connected(ANNA, row.leg?.(world));
  for (const id of row.also ?? []) {
    await stage.joined(connection, id);
  }
  const scene = sceneOf(world, connection);
  const given = (await row.given?.(scene)) ?? '';
  stage.app.arrivals.length = 0;
  grid.arrivals.length = 0;
  return { scene, given };
}

/** The clients of a connection. */
export function sceneOf(world: World, connection: CallConnection, client = world.stage.client): Scene {
  return {
    ...world,
    client,
    connection,
    media: connection.getCallMedia(),
    recording: client.getCallRecording(),
    options: { operationContext: 'mine' },
    file: (path) => ({ kind: 'fileSource', url: world.audio.at(path) }),
  };
}
