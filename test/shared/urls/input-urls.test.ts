/** The URLs of an input: where they are, and which policy judges each. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { playSource } from '../../../shared/operations/fields/play-source.ts';
import { urlsIn } from '../../../shared/operations/fields/urls.ts';
import { play } from '../../../shared/operations/media/play.ts';
import { inputUrlErrors } from '../../../shared/urls/input-urls.ts';
import { urlPolicies, urlShape } from '../../../shared/urls/settings.ts';

const policies = (settings: Readonly<Record<string, string>>, isLocal = false) =>
  urlPolicies(z.object(urlShape).parse(settings), isLocal);
const found = (ssml: string) => urlsIn(playSource, { ssml }).map(({ url }) => url);

test('SSML names files in the attributes src, uri and href, in either quotes', () => {
  expect(
    found(`<speak><audio src="https://a.com/1"/><lexicon uri='https://a.com/2'/><x href = "https://a.com/3"/></speak>`),
  ).toEqual(['https://a.com/1', 'https://a.com/2', 'https://a.com/3']);
  expect(found('<speak xmlns="http://www.w3.org/2001/10/synthesis">no file</speak>')).toEqual([]);
});

test('character references of SSML are resolved, and those that XML does not have stay', () => {
  expect(found('<audio src="https&#58;//a.com/?a=1&amp;b=&#x32;"/>')).toEqual(['https://a.com/?a=1&b=2']);
  expect(found('<audio src="&unknown;&#9999999;"/>')).toEqual(['&unknown;&#9999999;']);
});

test('each error has its JSON path; what is no text is left to the schema', () => {
  const sources = [{ file: 'https://10.0.0.1/a' }, { text: 'x' }, { file: 7 }, { ssml: '<audio src="ftp://x.com/"/>' }];
  expect(inputUrlErrors(policies({}), play.input, { sources })).toEqual([
    { path: 'sources[0].file', message: 'expected a public address' },
    { path: 'sources[3].ssml', message: 'expected https' },
  ]);
});

test('a list of hosts is for one use, and names its setting', () => {
  const sources = [{ file: 'https://files.contoso.com/a' }, { file: 'https://example.com/a' }];
  const errors = inputUrlErrors(policies({ PLAY_HOSTS: '*.contoso.com' }), play.input, { sources });
  expect(errors).toEqual([{ path: 'sources[1].file', message: 'the host is not among those that PLAY_HOSTS allows' }]);
  expect(inputUrlErrors(policies({ STREAM_HOSTS: '*.contoso.com' }), play.input, { sources })).toEqual([]);
});
