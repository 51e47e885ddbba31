/** The settings of an app in local mode whose services need not be running: enough to make one. */
export const localSettings = {
  ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:9100/;accesskey=a2V5',
  ACS_RESOURCE_ID: 'ac5e0000-0000-4000-8000-00000000e001',
  ACS_CALLBACK_ISSUER: 'http://127.0.0.1:9100',
  ACS_CALLBACK_JWKS_URL: 'http://127.0.0.1:9100/keys',
  PUBLIC_BASE_URL: 'http://127.0.0.1:7071/',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

/** The settings that an app outside local mode cannot start without. */
export const azureSettings = {
  ACS_ENDPOINT: 'https://contoso.communication.azure.com',
  ACS_RESOURCE_ID: localSettings.ACS_RESOURCE_ID,
  PUBLIC_BASE_URL: 'https://contoso.azurewebsites.net',
  AzureWebJobsStorage__accountName: 'contosostorage',
  ENCRYPTION_KEY_URL: 'https://contoso.vault.azure.net/keys/storage',
  ENTRA_TENANT_ID: '6f9619ff-8b86-4d01-b42d-00cf4fc964aa',
  ENTRA_AUDIENCE: '11111111-aaaa-4bbb-8ccc-000000000001',
};
