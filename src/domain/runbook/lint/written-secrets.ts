import {sourceLines} from '../../text/source-lines.js'
import {placeAt} from '../places.js'
import {commandBlocksOf, type PlacedRunbook, type Runbook} from '../runbook.js'
import type {PlacedFault, SecretKind} from './runbook-fault.js'

interface Shape {
  readonly kind: SecretKind
  readonly pattern: RegExp
}

/** What is a secret wherever it stands. Lengths are bounded: a line may be megabytes long. */
const ANYWHERE: readonly Shape[] = [
  {kind: 'slackToken', pattern: /\bxox[abeoprs]-[\w-]{10,200}|\bxapp-[\w-]{10,200}/},
  {kind: 'slackWebhook', pattern: /hooks\.slack\.com\/services\/T\w{4,30}\/B\w{4,30}\/\w{10,60}/},
  {kind: 'awsKey', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/},
  {kind: 'githubToken', pattern: /\bgh[oprsu]_[A-Za-z0-9]{20,255}|\bgithub_pat_\w{20,255}/},
  {kind: 'gitlabToken', pattern: /\bglpat-[\w-]{20,100}/},
  {kind: 'googleKey', pattern: /\bAIza[\w-]{35}/},
  {kind: 'stripeKey', pattern: /\b[rs]k_live_[A-Za-z0-9]{16,200}/},
  {kind: 'jsonWebToken', pattern: /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}/},
  {kind: 'privateKey', pattern: /-----BEGIN (?:[A-Z]{2,12} ){0,3}PRIVATE KEY-----/},
  {kind: 'urlPassword', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,100}:(?![$<{*])[^\s/@$]{1,200}@/i},
]

/** What is a secret in what runs: prose and queries may speak of passwords. */
const IN_BLOCKS: readonly Shape[] = [
  {
    kind: 'authorization',
    pattern: /\bauthorization["']?\s{0,9}[:=]\s{0,9}["']?(?:bearer|basic|token)\s{1,9}(?!["']?[$<{*])[\w.~+/=-]{4,}/i,
  },
  {
    kind: 'password',
    pattern:
      /(?:password|passwd|secret|token|api[_-]?key)["']?(?:=|\s=\s|:\s{1,3})(?!["']?(?:\$|<|\{|\*|env:|file:|true\b|false\b|null\b))["']?[^\s"'$&]{3,}/i,
  },
  {kind: 'password', pattern: /--(?:password|passwd|token|secret|api-key)\s{1,9}(?!["']?[$<{*-])["']?[^\s"'$]{3,}/i},
  // mysql -pSECRET, sshpass -p SECRET, redis-cli -a SECRET
  {kind: 'password', pattern: /\b(?:mysql|mariadb)\w{0,20}\s(?:[^|;&\n]{0,500}?\s)?-p(?!["']?[$<{*])["']?[^\s"'$]{3,}/},
  {
    kind: 'password',
    pattern: /\b(?:sshpass\s{1,9}-p|redis-cli\s(?:[^|;&\n]{0,500}?\s)?-a)\s{0,9}(?!["']?[$<{*-])["']?[^\s"'$]{3,}/,
  },
  {kind: 'password', pattern: /\s(?:-u|--user)\s{1,9}(?!["']?\$)["']?[\w.@-]{1,64}:(?!\$)[^\s"'$]{1,200}/},
]

const SECRET_NAME = /password|passwd|secret|token|api_?key|credential/

function blockLines(runbook: Runbook): ReadonlySet<number> {
  const lines = commandBlocksOf(runbook).flatMap(({language, line, body}) =>
    language === 'promql' ? [] : body.split('\n').map((_, index) => line + 1 + index),
  )
  return new Set(lines)
}

/** A fault never holds the secret. */
function writtenIn(text: string, line: number, isInBlock: boolean): readonly PlacedFault[] {
  for (const {kind, pattern} of [...ANYWHERE, ...(isInBlock ? IN_BLOCKS : [])]) {
    const match = pattern.exec(text)
    if (match === null) continue
    const column = match.index + match[0].search(/\S/) + 1
    return [{rule: 'secret-written', what: 'here', line, column, kind}]
  }
  return []
}

function defaultsOf({inputs, places}: PlacedRunbook): readonly PlacedFault[] {
  return inputs.flatMap(({name, secret, default: fallback}, index): readonly PlacedFault[] => {
    if (secret || !SECRET_NAME.test(name) || (fallback ?? '') === '') return []
    return [{rule: 'secret-written', what: 'asDefault', ...placeAt(places.inputs, index), name}]
  })
}

/** Passwords, tokens and keys in the file: whoever reads a runbook must not learn them. */
export function writtenSecrets(runbook: PlacedRunbook): readonly PlacedFault[] {
  const inBlocks = blockLines(runbook)
  const found = sourceLines(runbook.source).flatMap((text, index) =>
    writtenIn(text, index + 1, inBlocks.has(index + 1)),
  )
  const lines = new Set(found.map(({line}) => line))
  return [...found, ...defaultsOf(runbook).filter(({line}) => !lines.has(line))]
}
