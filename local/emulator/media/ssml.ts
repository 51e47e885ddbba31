/** SSML as the speech service reads it: XML whose `speak` has a `voice`, in voices and locales that there are. */

import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml';
import { isLocale } from './speech-voices.ts';

/** What is spoken, and the pauses in it; or why the service refuses it. */
export type Ssml = { readonly words: string; readonly breaks: readonly Attributes[] } | { readonly problem: string };

type Attributes = Readonly<Record<string, string>>;

/** Reads SSML; `isVoice` knows the voices. */
export function readSsml(markup: string, isVoice: (name: string) => boolean): Ssml {
  const root = rootOf(markup);
  if (root === undefined) {
    return { problem: 'the SSML is not well-formed XML' };
  }
  if (root.name !== 'speak') {
    return { problem: `the SSML starts with ${root.name} instead of speak` };
  }
  const nodes = allWithin(root);
  const elements = [root, ...nodes.filter((node) => node instanceof XmlElement)];
  const voices = elements.filter(({ name }) => name === 'voice').map(({ attributes }) => attributes.name ?? '');
  if (voices.length === 0) {
    return { problem: 'the SSML has no voice in speak' };
  }
  const voice = voices.find((name) => !isVoice(name));
  if (voice !== undefined) {
    return { problem: `the voice "${voice}" is not known` };
  }
  const locale = elements
    .map(({ attributes }) => attributes['xml:lang'])
    .find((written) => written && !isLocale(written));
  if (locale !== undefined) {
    return { problem: `the locale "${locale}" is not known` };
  }
  return {
    words: nodes.flatMap((node) => (node instanceof XmlText ? [node.text] : [])).join(' '),
    breaks: elements.filter(({ name }) => name === 'break').map(({ attributes }) => attributes),
  };
}

/** The root element, or undefined for what is not well-formed. */
function rootOf(markup: string): XmlElement | undefined {
  try {
    return parseXml(markup.trim()).root ?? undefined;
  } catch {
    // Any error of the parser, the stack's end for absurdly deep markup included, means that the service refuses it.
    return undefined;
  }
}

/** Everything within an element, in the order of the text; without recursion, for markup of any depth. */
function allWithin(root: XmlElement): XmlElement['children'] {
  const nodes: XmlElement['children'] = [];
  const left = root.children.toReversed();
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    nodes.push(node);
    for (const child of node instanceof XmlElement ? node.children.toReversed() : []) {
      left.push(child);
    }
  }
  return nodes;
}
