/** The client of ACS: the SDK's own, with the little it needs to keep our promises. */
import { CallAutomationClient, type CallAutomationClientOptions } from '@azure/communication-call-automation';
import { credentialOf } from '../credential.ts';
import { askOncePolicy } from './ask-once.ts';
import { requestScopePolicy } from './request-scope.ts';
import { throttlingPolicy } from './throttling.ts';

/** How to reach ACS: managed identity at its endpoint, or a connection string, which local development uses. */
export type AcsSettings =
  | { readonly connectionString: string; readonly isLocal: boolean }
  | { readonly endpoint: string; readonly clientId?: string | undefined };

/** Connects to ACS. No request is made before the first use; http is allowed for a local emulator only. */
export function openAcs(settings: AcsSettings, timeoutSeconds: number): CallAutomationClient {
  const options: CallAutomationClientOptions = {
    additionalPolicies: [
      { policy: requestScopePolicy, position: 'perCall' },
      { policy: askOncePolicy, position: 'perRetry' },
      { policy: throttlingPolicy(timeoutSeconds), position: 'perRetry' },
    ],
  };
  if ('connectionString' in settings) {
    return new CallAutomationClient(settings.connectionString, {
      ...options,
      allowInsecureConnection: settings.isLocal,
    });
  }
  return new CallAutomationClient(settings.endpoint, credentialOf(settings.clientId), options);
}
