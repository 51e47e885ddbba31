import { expect, it } from 'vitest';
import { mendOf } from '../../infra/az.ts';

it.each([
  ["ERROR: Please run 'az login' to setup account.", /az login/],
  ['ERROR: AADSTS700082: The refresh token has expired', /az login/],
  ['ERROR: (AuthorizationFailed) The client does not have authorization', /Contributor/],
  ["ERROR: (SubscriptionNotFound) The subscription 'x' could not be found.", /AZURE_SUBSCRIPTION_ID/],
  ["ERROR: (ResourceNotFound) The Resource 'Microsoft.Web/sites/func-x' was not found.", /azd provision/],
])('knows what to do about %s', (said, mend) => {
  expect(mendOf(said)).toMatch(mend);
});

it('takes other failures for such that may pass', () => {
  expect(mendOf('ERROR: (ServiceUnavailable) The service is unavailable.')).toBeUndefined();
});
