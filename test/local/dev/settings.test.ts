import { expect, it } from 'vitest';
import { portsFrom, portTable } from '../../../local/dev/ports.ts';
import { settingsFor } from '../../../local/dev/settings.ts';
import localSettings from '../../../local.settings.json' with { type: 'json' };

const usual = portsFrom((name) => portTable[name].usual);

it('leaves everything to local.settings.json on the usual ports', () => {
  expect(settingsFor(usual)).toEqual({});
});

it('gives the app the addresses of moved parts, as local.settings.json names them', () => {
  const moved = settingsFor({ ...usual, emulator: 19100, host: 17071 });

  const asUsual = JSON.parse(JSON.stringify(moved).replaceAll('19100', '9100').replaceAll('17071', '7071'));
  expect(localSettings.Values).toMatchObject(asUsual);
});

it('names each storage port', () => {
  expect(settingsFor({ ...usual, queue: 20001 })).toEqual({
    AzureWebJobsStorage: expect.stringMatching(
      /BlobEndpoint=http:\/\/127.0.0.1:10000\/.*QueueEndpoint=http:\/\/127.0.0.1:20001\/.*TableEndpoint=http:\/\/127.0.0.1:10002\//,
    ),
  });
});
