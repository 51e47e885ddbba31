/** What stories need besides the API, and whether a scene has it. */

import type { RoutingRule } from '../../shared/routing/rule.ts';
import { controlClient } from '../emulator/index.ts';
import { openApi } from './api.ts';
import type { Scene } from './scene.ts';
import type { Need, Story } from './story.ts';

/** Each rejects, or resolves to false, where the scene does not have it. */
const needs: Readonly<Record<Need, { readonly says: string; isMet(scene: Scene): Promise<boolean> }>> = {
  people: {
    says: 'people who call and answer, whom the emulator plays (--emulator)',
    isMet: async ({ emulatorUrl }) => emulatorUrl !== undefined,
  },
  incomingCalls: {
    says: 'a subscription at the emulator that sends incoming calls to the app',
    isMet: (scene) => hasSubscription(scene, 'Microsoft.Communication.IncomingCall'),
  },
  recordingFiles: {
    says: 'a subscription at the emulator that sends files of recordings to the app',
    isMet: (scene) => hasSubscription(scene, 'Microsoft.Communication.RecordingFileStatusUpdated'),
  },
  unroutedCallsRing: {
    says: 'an app that lets calls ring which no rule takes (INCOMING_DEFAULT_ACTION=leave)',
    isMet: leavesUnroutedCalls,
  },
  crash: {
    says: 'to kill the app in the middle',
    isMet: async ({ crashApp }) => crashApp !== undefined,
  },
};

/** What the story needs and the scene does not have; undefined when it can be played. */
export async function missing(story: Story, scene: Scene): Promise<string | undefined> {
  for (const need of story.needs) {
    const { says, isMet } = needs[need];
    if (!(await isMet(scene))) {
      return says;
    }
  }
  return undefined;
}

async function hasSubscription({ emulatorUrl }: Scene, eventType: string): Promise<boolean> {
  if (emulatorUrl === undefined) {
    return false;
  }
  const { subscriptions } = (await controlClient(emulatorUrl).get('event-grid/subscriptions')) as {
    subscriptions: { eventTypes?: readonly string[] }[];
  };
  return subscriptions.some(({ eventTypes = [eventType] }) => eventTypes.includes(eventType));
}

/** Numbers that no rule of a story is about. */
const call = { from: '+14255550198', to: '+14255550199' };

async function leavesUnroutedCalls(scene: Scene): Promise<boolean> {
  const { body } = await openApi(scene)('POST', 'routing-rules/explain', call);
  const { action } = body as { action?: Pick<RoutingRule['action'], 'kind'> };
  return action?.kind === 'leave';
}
