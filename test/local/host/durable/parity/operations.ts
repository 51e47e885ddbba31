/** Rows on rewinding, restarting and purging one instance, on entities, and on what goes wrong. */

import { expect } from 'vitest';
import { brief, empty, json, newId, type Row } from './row.ts';
import { completed, failed, running } from './situations.ts';

export const operationRows: readonly Row[] = [
  {
    what: 'rewinding an unknown instance is a 404, one that has not failed a 412',
    source: 'HttpApiHandler.HandleRewindInstanceRequestAsync (410 before 3.8, its pull request 3227)',
    act: async (host) => {
      const rewind = (id: string) => brief(host.api('POST', `instances/${id}/rewind?reason=why`));
      return [await rewind('missing'), await rewind(await completed(host)), await rewind(await running(host))];
    },
    expected: [
      json(404, 'No orchestration with instance ID "$missing" found.'),
      json(
        412,
        expect.stringMatching(/^This orchestration has status Completed, but only orchestrations in the "Failed"/),
      ),
      json(412, expect.stringMatching(/^This orchestration has status Running/)),
    ],
  },
  {
    what: 'a failed instance can be rewound',
    source: 'HttpApiHandler.HandleRewindInstanceRequestAsync',
    act: async (host) => (await host.api('POST', `instances/${await failed(host)}/rewind`)).status,
    expected: 202,
    here: 501,
  },
  {
    what: 'restarting an unknown instance is a 400, under the id of a running one a 409',
    source: 'HttpApiHandler.HandleRestartInstanceRequestAsync',
    act: async (host) => {
      const restart = async (id: string, query = '') => host.api('POST', `instances/${id}/restart${query}`);
      const [unknown, again] = [
        await restart('missing'),
        await restart(await running(host), '?restartWithNewInstanceId=false'),
      ];
      return [unknown.status, unknown.body.Message, again.status, again.body.Message];
    },
    expected: [
      400,
      'InstanceId does not match a valid orchestration instance.',
      409,
      'A non-terminal instance with this instance ID already exists.',
    ],
  },
  {
    what: 'a restart keeps the input and not the version; restartWithOptions takes id and version',
    source: 'DurableClient.RestartCoreAsync',
    act: async ({ api, ended }) => {
      const [id, other] = [newId(), newId()];
      await api('POST', `orchestrators/version/${id}?version=9`, '"in"');
      const { body } = await api('POST', `instances/${id}/restart`);
      const refused = await api('POST', `instances/${id}/restartWithOptions`);
      await api('POST', `instances/${id}/restartWithOptions?newInstanceId=${other}&version=3`);
      const seen = [await ended(body.id), (await api('GET', `instances/${other}`)).body];
      return [...seen.map(({ input, version }) => ({ input, version })), refused.status];
    },
    expected: [{ input: 'in' }, { input: 'in', version: '3' }, 400],
  },
  {
    what: 'an app without entities has an empty list of them, none to read and none to signal',
    source: 'HttpApiHandler.HandleListEntitiesRequestAsync, …HandlePostEntityOperationRequestAsync',
    act: ({ api }) =>
      Promise.all([
        brief(api('GET', 'entities')),
        brief(api('GET', 'entities/counter')),
        brief(api('GET', 'entities/counter/a')),
        brief(api('POST', 'entities/counter/a?op=add', '1')),
      ]),
    expected: [
      json(200, []),
      json(200, []),
      empty(404),
      json(400, {
        Message: expect.stringContaining("'counter' doesn't exist, is disabled, or is not an entity function"),
      }),
    ],
  },
  {
    what: 'purging a running instance by its id is a 412',
    source: 'HttpApiHandler.HandleDeleteHistoryByIdRequestAsync (extension 2 deleted it)',
    act: async (host) => brief(host.api('DELETE', `instances/${await running(host)}`)),
    expected: json(
      412,
      expect.stringMatching(/^Only orchestrations in a terminal state can be purged, .* has status Running$/),
    ),
  },
  {
    what: 'an error that has no status of its own is a 500 that says what went wrong',
    source: 'HttpApiHandler.HandleRequestAsync',
    act: ({ api }) => brief(api('GET', 'instances?top=-1')),
    expected: json(
      500,
      expect.objectContaining({
        Message: 'Something went wrong while processing your request',
        ExceptionMessage: expect.any(String),
      }),
    ),
  },
];
