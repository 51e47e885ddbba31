/** Reads the shell blocks of a document, why some are not run, and what the others are said to answer. */

export interface Block {
  readonly text: string;
  /** What follows `sh` in the fence: why the block is not run. */
  readonly reason: string;
  /** The JSON that the document displays after the block, with `…` for what is left out. */
  readonly answer: string | undefined;
}

export function blocksIn(markdown: string): readonly Block[] {
  const fences = [...markdown.matchAll(/^```(\w*) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', reason = '', text = '']) => ({ language, reason, text }),
  );
  return fences.flatMap(({ language, reason, text }, index) => {
    const next = fences[index + 1];
    return language === 'sh' ? [{ text, reason, answer: next?.language === 'json' ? next.text : undefined }] : [];
  });
}

/** Whether an answer has what is displayed of it: `…` stands for any value, and for any further members or elements. */
export function isShownBy(displayed: string, answer: unknown): boolean {
  const json = displayed.replace(/,?\s*…\s*(?=\})/g, '').replace(/…(?=\s*\])/g, '"…"');
  return agree(JSON.parse(json), answer);
}

function agree(shown: unknown, actual: unknown): boolean {
  if (shown === '…') {
    return actual !== undefined;
  }
  if (Array.isArray(shown)) {
    const isOpen = shown.at(-1) === '…';
    const elements = isOpen ? shown.slice(0, -1) : shown;
    return (
      Array.isArray(actual) &&
      (isOpen ? actual.length >= elements.length : actual.length === elements.length) &&
      elements.every((element, index) => agree(element, actual[index]))
    );
  }
  if (typeof shown === 'object' && shown !== null) {
    const members: Readonly<Record<string, unknown>> = { ...(typeof actual === 'object' && actual) };
    return Object.entries(shown).every(([name, value]) => agree(value, members[name]));
  }
  return shown === actual;
}
