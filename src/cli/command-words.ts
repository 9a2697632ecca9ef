import {FaciError} from '../domain/errors.js'
import {closest} from '../domain/text/did-you-mean.js'

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
  const guess = closest(first, known)
  throw new FaciError('usage', `${first} is not a faci command`, {
    suggestions: guess === null ? ['faci --help'] : [`faci ${guess}`, 'faci --help'],
  })
}

function refuseVerb(first: string, second: string, verbs: readonly string[]): never {
  const verb = closest(second, verbs)
  throw new FaciError('usage', `faci ${first} has no command ${second}`, {
    suggestions: verb === null ? [`faci ${first} --help`] : [`faci ${first} ${verb}`],
  })
}

/** Throws `usage` with the nearest command when the first words name none. A topic may be a command too, and take a word itself. */
export function refuseUnknown(
  [first = '--help', second = '-']: readonly string[],
  commands: Readonly<Record<string, {readonly args: object}>>,
): void {
  if (WITHOUT_COMMAND.has(first)) return
  const spelled = Object.keys(commands).map((id) => id.split(':'))
  const verbs = spelled.flatMap(([head, verb]) => (head === first ? [verb ?? ''] : []))
  if (verbs.length === 0) refuseCommand(first, [...new Set(spelled.map(([head = '']) => head))])
  const isTopic = verbs.some((verb) => verb !== '')
  const own = commands[first]
  const takesWords = own !== undefined && Object.keys(own.args).length > 0
  if (isTopic && !takesWords && !second.startsWith('-') && !verbs.includes(second)) refuseVerb(first, second, verbs)
}
