import { app } from '@azure/functions';

const doors = { anonymous: 'anonymousDoor', function: 'functionDoor', admin: 'masterDoor' } as const;

for (const authLevel of ['anonymous', 'function', 'admin'] as const) {
  app.get(doors[authLevel], { authLevel, handler: () => ({ body: 'open' }) });
}
app.get('otherDoor', { authLevel: 'function', handler: () => ({ body: 'open' }) });
app.eventGrid('events', { handler: () => {} });
