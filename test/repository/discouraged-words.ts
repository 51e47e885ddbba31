/** The words that this repository avoids, each with the field's term for it: docs/glossary.md defines those. */

/** Where a word counts: a name says what a thing is; in prose the same word may be ordinary English, or the reverse. */
type Where = 'names' | 'prose';

export interface Discouraged {
  /** Matched as whole words; names are split at their capitals beforehand, and all is lower case. */
  readonly words: RegExp;
  readonly use: string;
  readonly where?: Where;
  /** Terms of the field that contain the words. */
  readonly except?: RegExp;
  /** Files in which the words are the field's own. */
  readonly exceptIn?: RegExp;
  /** The files that the entry is about, where the words are ordinary elsewhere. */
  readonly onlyIn?: RegExp;
}

/** Where sound is played, recorded and transcribed, it is heard. */
const aboutSound = /(audio|media|streaming|phone|speech|sound|recordings|transcription)/;

const app = /^(shared|functions|test\/shared)\//;

/** Elsewhere a fault is one that the emulator or a test injects. */
const withoutInjectedFaults =
  /^(shared|functions|infra|docs|README|CONTRIBUTING|test\/shared|local\/(bicep|build|docs))(?!.*emulator)/;

export const discouraged: readonly Discouraged[] = [
  { words: /told|tells?|telling/, use: 'notify, report, state, say which' },
  {
    words: /somebody|nobody|anybody|everybody|whoever/,
    use: 'the role: caller, subscriber, client, no one',
    // An outcome of ringGroup in the API.
    except: /'nobody'|"nobody"|outcome = nobody/,
  },
  { words: /news/, use: 'notification, change' },
  {
    words: /letters?/,
    use: 'outbox message',
    except:
      /letter[- ]spacing|dead[- ]letter(s|ed|ing)?|letters?,? (and|or) digits|letters, digits|a letter (first|then)|a letter,? then|(capital|lower-case|small|drive) letters?/,
  },
  {
    words: /announce[sd]?|announcing|announcements?/,
    use: 'notify, publish, report; IncomingCall event',
    exceptIn: /emulator\/phone|test\/browser/,
  },
  { words: /ours/, use: "Switchboard's, ACS's; not documented: chosen here" },
  { words: /what (came|comes|becomes|became|become) of|(becomes|became|become|came) of/, use: 'outcome, result' },
  { words: /came/, use: 'outcome, progress, actual', where: 'names' },
  { words: /walk(s|ed|ing)?|visit(s|ed|ing)?/, use: 'evaluate, traverse, step', where: 'names' },
  {
    words: /g[ai]v(e|es|en|ing) up/,
    use: 'timeout, retry budget, retries until',
  },
  { words: /patience|impatient|insist(s|ed|ing)?/, use: 'timeout, retry budget' },
  { words: /forgotten|forgets?|forgot|remember(s|ed|ing)?/, use: 'abandoned, cached, removed, recently settled' },
  { words: /heard|unheard/, use: 'received, recognized', exceptIn: aboutSound },
  { words: /by sight/, use: 'participant evidence' },
  { words: /shows/, use: 'participant evidence', where: 'names' },
  {
    words: /beginnings?|begins|begun/,
    use: 'start event, start, started',
    except: /(string|subject)( not)? begins with/,
  },
  { words: /early/, use: 'buffered event', where: 'names' },
  { words: /lanes?/, use: 'concurrency limit' },
  { words: /places?/, use: 'JSON path, position', where: 'names', onlyIn: app },
  {
    words: /faults?|faulty/,
    use: 'validation error',
    onlyIn: withoutInjectedFaults,
    except: /fault[- ](tests?|injection)|injected faults?|(tests?|mode|emulator|test:)[/ :]faults/,
  },
  {
    words: /withheld|dead|(is|are|was|were|stays) away/,
    use: 'unavailable, unreachable',
    except: /withheld (number|caller|identity)|dead[- ]letter\w*/,
  },
  { words: /drives?|driven|driving|drove|carr(y|ies|ied|ying) on/, use: 'advance, control, run' },
  { words: /ask(s|ed|ing)? again/, use: 'retry' },
  { words: /t(ake|akes|aken|aking|ook) over/, use: 'takeover' },
  { words: /repeats/, use: 'retry, replay, redelivery', where: 'prose', exceptIn: aboutSound },
  { words: /turns?/, use: 'per-call queue', where: 'names', onlyIn: app },
  // Of node:crypto: the authentication tag of AES-GCM.
  { words: /tag/, use: 'ETag', where: 'names', onlyIn: app, exceptIn: /encryption\/sealed/ },
  { words: /lost (a |the )?race|was changed/, use: 'write conflict, precondition failed' },
  { words: /in vain|looks? by itself|kept quiet|so many/, use: 'the outcome, in plain words' },
];
