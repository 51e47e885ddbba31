/**
 * What Azure Functions Core Tools leave out when they pack a project (4.14: src/Cli/func/Common/GitIgnoreParser.cs and
 * FileSystemHelpers.cs). Their reading of .funcignore is not Git's: each line is a prefix of the path, anchored at the
 * project, and a line with `!` wins wherever it stands.
 */

/** Left out whatever .funcignore says; files by their name in any folder, folders likewise. */
const alwaysIgnored = {
  folders: ['.git', '.vscode'],
  files: ['.funcignore', '.gitignore', 'local.settings.json', 'project.lock.json'],
};

/** The paths, relative to the project and with `/`, that are packed. */
export function packedByCoreTools(funcignore: string, paths: readonly string[]): readonly string[] {
  const lines = funcignore
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const denied = prefixes(lines.filter((line) => !line.startsWith('!')));
  const kept = prefixes(lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1)));
  return paths.filter((path) => !isAlwaysIgnored(path) && (kept.test(path) || !denied.test(path)));
}

function isAlwaysIgnored(path: string): boolean {
  const names = path.toLowerCase().split('/');
  const file = names.pop() ?? '';
  return alwaysIgnored.files.includes(file) || names.some((name) => alwaysIgnored.folders.includes(name));
}

function prefixes(patterns: readonly string[]): RegExp {
  const sources = patterns.map((pattern) =>
    pattern
      .replace(/^\//, '')
      .replace(/[-[\]/{}()+?.\\^$|]/g, '\\$&')
      .replaceAll('**', '(.+)')
      .replaceAll('*', '([^\\/]+)'),
  );
  return sources.length === 0 ? /$^/ : new RegExp(`^(${sources.map((source) => `(${source})`).join('|')})\\b`);
}
