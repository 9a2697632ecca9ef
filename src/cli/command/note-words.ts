import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'
import {besideFlags, shellCommand} from '../../domain/text/shell-command.js'

const HANDLE = /^inc-?\d+$/i
const EXAMPLE = 'what you see'

/** The words that oclif has no place for; null: it complains of something else. */
function unexpected(error: unknown): readonly string[] | null {
  if (!(error instanceof Error) || !('args' in error) || !Array.isArray(error.args)) return null
  const words: readonly unknown[] = error.args
  return words.filter((word) => typeof word === 'string')
}

function noteCommand(words: readonly string[], flags: readonly string[]): string {
  const [first = '', ...rest] = words
  const [named, text] = HANDLE.test(first) ? [['--incident', first], rest] : [[], words]
  return shellCommand(['faci', 'incident', 'note', ...named, ...besideFlags(text.join(' '), flags)])
}

/** `note -m TEXT`, as the others take it; null: it is about something else. */
function messageAsFlag(error: unknown, argv: readonly string[]): FaciError | null {
  const at = argv.findIndex((word) => word === '-m' || word === '--message')
  if (at === -1 || !(error instanceof Error) || !('flags' in error)) return null
  const others = argv.toSpliced(at, 2)
  const named = others.filter((word) => HANDLE.test(word))
  const rest = others.filter((word) => !HANDLE.test(word) && word !== '--incident')
  const incident = named.flatMap((handle) => ['--incident', handle])
  const typed = shellCommand(['faci', 'incident', 'note', ...incident, ...besideFlags(argv[at + 1] ?? EXAMPLE, rest)])
  return new FaciError('usage', 'A note takes its text without a flag', {suggestions: [typed]})
}

/** `note '-1 replica'`: what no flag is called may be the text; null: there is another text, or none. */
function flagAsText(error: unknown, argv: readonly string[]): FaciError | null {
  if (!(error instanceof Error) || !('flags' in error) || !Array.isArray(error.flags)) return null
  const named: readonly unknown[] = error.flags
  const [word, ...others] = named
  if (typeof word !== 'string' || others.length > 0 || argv.includes('--')) return null
  const rest = argv.filter((one) => one !== word)
  const words = rest.filter((one) => !one.startsWith('-'))
  if (words.some((one) => !HANDLE.test(one))) return null
  const flags = rest.filter((one) => one.startsWith('-'))
  return new FaciError('usage', `${word} is no flag of a note; as its text it stands behind --`, {
    suggestions: [noteCommand([...words, word], flags), 'faci incident note --help'],
  })
}

/** Every other command names its incident first, and so do hands at night; and a text without quotes is many words. */
export function mendedNote(error: unknown, argv: readonly string[]): unknown {
  const message = messageAsFlag(error, argv) ?? flagAsText(error, argv)
  if (message !== null) return message
  const extra = unexpected(error)
  if (extra === null || extra.every(isBlank)) return error
  const end = argv.findIndex((word) => word.startsWith('-'))
  const behind = argv.indexOf('--')
  const own = behind === -1 ? [] : argv.slice(behind + 1)
  const words = [...new Set([...(end === -1 ? argv : argv.slice(0, end)), ...own, ...extra])]
  const flags = argv.filter((word) => word !== '--' && !words.includes(word))
  return new FaciError('usage', 'A note is one text, in quotes; --incident says of which incident', {
    suggestions: [noteCommand(words, flags)],
  })
}

/** Errors: `usage` for a text that says nothing, or only which incident. */
export function refuseEmptyNote(text: string): void {
  if (isBlank(text))
    throw new FaciError('usage', 'A note needs a text', {
      suggestions: [shellCommand(['faci', 'incident', 'note', EXAMPLE])],
    })
  if (HANDLE.test(text.trim()))
    throw new FaciError('usage', `A note needs a text: ${text.trim()} only says of which incident`, {
      suggestions: [shellCommand(['faci', 'incident', 'note', '--incident', text.trim(), EXAMPLE])],
    })
}
