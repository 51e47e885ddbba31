/** A CommonJS module that uses the host's own module, as instrumentation does. */

const { app } = require('@azure/functions');
// A name in a variable, because a host provides the module and no package does: resolvers need not look for it.
const hostModule = '@azure/functions-core';
const core = require(hostModule);

let unknownHook;
try {
  core.registerHook('beforeLunch', () => {});
} catch (error) {
  unknownHook = { name: error.name, message: error.message, isSystem: error.isAzureFunctionsSystemError };
}
core.log('information', 'system', 'loaded by CommonJS');

app.get('core', {
  handler: () => {
    let late;
    try {
      app.get('tooLate', { handler: () => ({}) });
    } catch (error) {
      late = error.message;
    }
    const { version, hostVersion } = core;
    const model = core.getProgrammingModel().name;
    return { jsonBody: { version, hostVersion, unknownHook, late, model, disposable: typeof core.Disposable.from } };
  },
});
