/** The settings of an app in local mode whose services need not be running: enough to make one. */
export const localSettings = {
  ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:9100/;accesskey=a2V5',
  ACS_RESOURCE_ID: 'ac5e0000-0000-4000-8000-00000000e001',
  ACS_CALLBACK_ISSUER: 'http://127.0.0.1:9100',
  ACS_CALLBACK_JWKS_URL: 'http://127.0.0.1:9100/keys',
  PUBLIC_BASE_URL: 'http://127.0.0.1:7071/',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};
