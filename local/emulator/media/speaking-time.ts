/** The duration of a spoken text: a fixed rate instead of a voice (chosen here). */

/** About 150 words a minute. */
export const MS_PER_CHARACTER = 70;

/** Pauses by strength, as Azure's speech service has them. */
const BREAK_MS: Record<string, number> = {
  none: 0,
  'x-weak': 250,
  weak: 500,
  medium: 750,
  strong: 1000,
  'x-strong': 1250,
};

/** Milliseconds for a plain text; 0 when it is empty. */
export function textMs(text: string): number {
  return text.replace(/\s+/g, ' ').trim().length * MS_PER_CHARACTER;
}

/** Milliseconds for SSML: its text and its breaks; undefined when it is not SSML. */
export function ssmlMs(ssml: string): number | undefined {
  const markup = ssml.trim().replace(/^<\?xml[^<>]*\?>\s*/i, '');
  const isEmpty = /^<speak(\s[^<>]*)?\/>$/.test(markup);
  if (!isEmpty && !(/^<speak[\s>]/.test(markup) && markup.endsWith('</speak>'))) {
    return undefined;
  }
  const breaks = [...markup.matchAll(/<break\b([^<>]*)>/g)].map(([, attributes = '']) => breakMs(attributes));
  // An entity stands for one character.
  const text = markup.replace(/<[^<>]*>/g, ' ').replace(/&#?\w+;/g, '.');
  return breaks.reduce((sum, ms) => sum + ms, textMs(text));
}

function breakMs(attributes: string): number {
  const [, amount, unit] = /\btime\s*=\s*["']\s*\+?(\d+(?:\.\d+)?)(ms|s)\s*["']/.exec(attributes) ?? [];
  if (amount !== undefined) {
    return Math.round(Number(amount) * (unit === 's' ? 1000 : 1));
  }
  const [, strength = 'medium'] = /\bstrength\s*=\s*["']([\w-]+)["']/.exec(attributes) ?? [];
  return BREAK_MS[strength] ?? 750;
}
