/** Path patterns such as `/calling/callConnections/{callConnectionId}:terminate`. */

/**
 * Compiles a pattern; the matcher answers the decoded parameters, or undefined when the path is another one.
 * `{name}` ends at a slash or at the `:action` behind it; `{+name}` may hold colons, as raw ids do when a client leaves
 * them unencoded (the plus is that of RFC 6570).
 */
export function pathMatcher(pattern: string): (path: string) => Record<string, string> | undefined {
  const names = [...pattern.matchAll(/\{\+?(\w+)\}/g)].map((match) => match[1] ?? '');
  const source = pattern
    .split(/(\{\+?\w+\})/)
    .map((part) =>
      part.startsWith('{+') ? '([^/]+)' : part.startsWith('{') ? '([^/:]+)' : part.replace(/[^\w/]/g, '\\$&'),
    )
    .join('');
  const expression = new RegExp(`^${source}/?$`, 'i');
  return (path) => {
    const match = expression.exec(path);
    if (match === null) {
      return undefined;
    }
    return Object.fromEntries(names.map((name, index) => [name, decode(match[index + 1] ?? '')]));
  };
}

/** Percent-decoding that leaves malformed escapes as they are: such an id simply will not be found. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
