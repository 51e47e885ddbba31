/** `null` for optional members, in the body of every operation and at every level. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { operations } from '../../../../local/emulator/operations/index.ts';
import type { Operation } from '../../../../local/emulator/operations/operation.ts';
import { type Live, populate, withIds } from '../fuzz/live.ts';
import { type Stage, setStage } from '../stage.ts';
import { alternatives, minimalBodies, minimalMembers } from './minimal-bodies.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ noAuth: true, clock: 'real' });
  await stage.emulator.control.put('event-grid/subscriptions/app', { endpoint: `${stage.app.url}/events` });
});
afterAll(() => stage.close());

const withBody = operations.filter(({ request, isMergePatch }) => request !== undefined && isMergePatch !== true);

test.for(withBody.map((operation) => [operation.name, operation] as const))(
  '%s takes null for an optional member as if it were left out, at every level',
  async ([name, operation]) => {
    const schema = z.toJSONSchema(operation.request ?? z.object(), { io: 'input', unrepresentable: 'any' }) as Schema;
    const minimal = minimalBodies[name];
    const deep = withMembers(schema, minimal);

    expect(await statusOf(operation, withNulls(schema, minimal))).toBe(await statusOf(operation, minimal));
    expect(await statusOf(operation, withNulls(schema, deep))).toBe(await statusOf(operation, deep));
  },
);

test('rooms lose a participant for whom a merge patch has null', async () => {
  const room = (await (await stage.send('POST', '/rooms', { participants: { '8:acs:x_y': {} } })).json()) as {
    id: string;
  };
  await stage.send('PATCH', `/rooms/${room.id}/participants`, { participants: { '8:acs:x_y': null } });

  const left = await stage.send('GET', `/rooms/${room.id}/participants`);
  expect(await left.json()).toEqual({ value: [] });
});

type Schema = z.core.JSONSchema.BaseSchema;
type Body = Record<string, unknown>;

/** The status that the body has in a fresh situation; 400 would mean that the body itself is wrong. */
async function statusOf({ method, path }: Operation, body: unknown): Promise<number> {
  const live: Live = await populate(stage);
  const target = path.replace(/\{\+?(\w+)\}/g, (_, name: string) => encodeURIComponent(live[name] ?? 'x'));
  const written = JSON.parse(withIds(JSON.stringify(body), live));
  const response = await stage.send(method, target, written);
  const answer = await response.text();
  expect(answer).not.toContain('"8523"');
  return response.status;
}

/** The body with every optional member that has members of its own. */
function withMembers(schema: Schema, body: unknown): unknown {
  return mapObjects(schema, body, (name, member) => {
    if (
      alternatives.includes(name) ||
      (member.properties ?? (member.items as Schema | undefined)?.properties) === undefined
    ) {
      return undefined;
    }
    expect(minimalMembers).toHaveProperty(name);
    return minimalMembers[name];
  });
}

/** The body with null for every member of the schema that it lacks. */
function withNulls(schema: Schema, body: unknown): unknown {
  return mapObjects(schema, body, () => null);
}

/** Adds to every object of the body what `missing` yields for the members that it lacks. */
function mapObjects(schema: Schema, value: unknown, missing: (name: string, member: Schema) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => mapObjects(schema.items as Schema, each, missing));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const present = (value as Body)[name] ?? missing(name, member as Schema);
    return [name, mapObjects(member as Schema, present, missing)] as const;
  });
  return { ...value, ...Object.fromEntries(members.filter(([, member]) => member !== undefined)) };
}
