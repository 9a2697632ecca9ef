import {FaciError} from '../../domain/errors.js'
import {nearest} from '../../domain/text/did-you-mean.js'
import {shellCommand} from '../../domain/text/shell-command.js'

/** What is probably meant by words without a flag. */
const MEANT: Readonly<Record<string, string>> = {
  'incident:open': '--title',
  'oncall:schedule': '--person',
  'oncall:take': '--person',
}
const WITHOUT_COMMAND = new Set(['--help', '-h', '--version'])

/** `faci` and `faci help alerts list` as oclif's own help understands them. */
export function askedFor(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv
  if (first === undefined) return ['--help']
  return first === 'help' ? [...rest, '--help'] : argv
}

function refuseCommand(first: string, known: readonly string[]): never {
  if (first.startsWith('-'))
    throw new FaciError('usage', `${first}: name a command before its flags`, {suggestions: ['faci --help']})
  const guesses = nearest(first, known).map((guess) => `faci ${guess}`)
  throw new FaciError('usage', `${first} is not a faci command`, {suggestions: [...guesses, 'faci --help']})
}

function refuseVerb(first: string, second: string, verbs: readonly string[]): never {
  const guesses = nearest(second, verbs).map((verb) => `faci ${first} ${verb}`)
  throw new FaciError('usage', `faci ${first} has no command ${second}`, {
    suggestions: guesses.length === 0 ? [`faci ${first} --help`] : guesses,
  })
}

function leadingWords(argv: readonly string[]): readonly string[] {
  const end = argv.findIndex((word) => word.startsWith('-'))
  return end === -1 ? argv : argv.slice(0, end)
}

/** With the flag that is missing, where one is probably meant, the whole command, ready to be typed. */
function refuseExtra(id: string, argv: readonly string[]): never {
  const words = id.split(':')
  const extras = leadingWords(argv).slice(words.length)
  const flag = MEANT[id]
  const rest = argv.slice(words.length + extras.length)
  const meant = flag === undefined || rest.includes(flag) ? ['--help'] : [flag, extras.join(' '), ...rest]
  throw new FaciError('usage', `Unexpected argument: ${extras.join(' ')}`, {
    suggestions: [shellCommand(['faci', ...words, ...meant])],
  })
}

/** The command that the words name, and the first word after it. */
function split(
  [first = '', second, third]: readonly string[],
  ids: readonly string[],
): readonly [string, string | undefined] {
  const verb = `${first}:${second ?? ''}`
  return ids.includes(verb) ? [verb, third] : [first, second]
}

/**
 * Throws `usage` with the nearest command when the words name none, or go on after one that takes no argument. A topic may be a
 * command too, and take a word itself.
 */
export function refuseUnknown(
  argv: readonly string[],
  commands: Readonly<Record<string, {readonly args: object}>>,
): void {
  const [first = '--help'] = argv
  if (WITHOUT_COMMAND.has(first)) return
  const ids = Object.keys(commands)
  const heads = ids.map((id) => id.split(':')[0] ?? '')
  if (!heads.includes(first)) refuseCommand(first, [...new Set(heads)])
  const [id, extra] = split(leadingWords(argv), ids)
  const takesWords = Object.keys(commands[id]?.args ?? {}).length > 0
  if (takesWords || extra === undefined) return
  const verbs = ids.flatMap((one) => (one.startsWith(`${id}:`) ? [one.slice(id.length + 1)] : []))
  if (verbs.length > 0) refuseVerb(id, extra, verbs)
  refuseExtra(id, argv)
}
