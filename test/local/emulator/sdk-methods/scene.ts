/** Sets the scene of a row: the people, the call to Anna, and the app that listens to callbacks and to Event Grid. */

import type { CallConnection } from '@azure/communication-call-automation';
import { GRID_KINDS } from '../../../../local/emulator/event-kinds.ts';
import type { Receiver } from '../receiver.ts';
import { ANNA, OURS, type Stage } from '../stage.ts';
import { phone, type Row, type Scene, somebody } from './row.ts';

/** Forgets what was before, and subscribes to every event of Event Grid. */
export async function clear(stage: Stage, grid: Receiver): Promise<void> {
  await stage.clear();
  const eventTypes = GRID_KINDS.map((kind) => `Microsoft.Communication.${kind}`);
  await stage.emulator.control.put('event-grid/subscriptions/suite', { endpoint: `${grid.url}/grid`, eventTypes });
}

/** The scene of a row, everybody in the call; what has arrived until then is forgotten. */
export async function setScene(stage: Stage, grid: Receiver, row: Row): Promise<{ scene: Scene; given: string }> {
  const { client } = stage;
  const invite = { targetParticipant: phone(ANNA), sourceCallIdNumber: phone(OURS) };
  const { callConnection } = await client.createCall(invite, stage.callback, {
    operationContext: 'created',
    ...row.leg,
  });
  await stage.advance(200);
  for (const id of row.also ?? []) {
    const targetParticipant = somebody(id);
    await callConnection.addParticipant({ targetParticipant, sourceCallIdNumber: phone(OURS) } as never);
    await stage.advance(200);
  }
  for (const [id, script] of Object.entries(row.parties ?? {})) {
    await stage.emulator.control.put(`parties/${id}`, script);
  }
  const scene = sceneOf(stage, grid, callConnection);
  const given = (await row.given?.(scene)) ?? '';
  stage.app.arrivals.length = 0;
  grid.arrivals.length = 0;
  return { scene, given };
}

/** The clients of a connection. */
export function sceneOf(stage: Stage, grid: Receiver, connection: CallConnection, client = stage.client): Scene {
  return {
    stage,
    grid,
    client,
    connection,
    media: connection.getCallMedia(),
    recording: client.getCallRecording(),
    options: { operationContext: 'mine' },
  };
}
