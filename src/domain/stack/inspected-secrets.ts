import {isDistinctive, tellsSecret} from '../secrets/telling-name.js'
import {urlCredentials} from '../secrets/url-credentials.js'

/** An inspection, as far as secrets may stand in it. Foreign: nothing of it need be so. */
interface Inspection {
  readonly Args?: unknown
  readonly Config?: {
    readonly Env?: unknown
    readonly Cmd?: unknown
    readonly Entrypoint?: unknown
    readonly Labels?: unknown
    readonly Healthcheck?: {readonly Test?: unknown} | null
  } | null
}

function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string') : []
}

function labelsOf(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}

/** `NAME=value`, `--name=value`. */
function assigned(word: string): readonly string[] {
  const at = word.indexOf('=')
  return at > 0 && tellsSecret(word.slice(0, at)) ? [word.slice(at + 1)] : []
}

/** Options that take a password and are not called so: those of redis-cli, mysql and its relatives, curl. */
const PROGRAMS: readonly (readonly [RegExp, RegExp])[] = [
  [/\bredis-cli\b/, /(?<=\s)(?:-a|--pass)\s+(\S+)/g],
  [/\b(?:mysql|mysqladmin|mysqldump|mariadb|mariadb-admin)\b/, /(?<=\s)-p(\S+)/g],
  [/\bcurl\b/, /(?<=\s)(?:-u|--user)\s+[^\s:]+:(\S+)/g],
]

function optionsOf(line: string): readonly string[] {
  return PROGRAMS.flatMap(([program, option]) =>
    program.test(line) ? [...line.matchAll(option)].map((match) => match[1] ?? '') : [],
  )
}

/** `--requirepass value`, `--password value`; a shell's line is such words too. */
function valuesInWords(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => [
    ...assigned(word),
    ...(/^--?[A-Za-z]/.test(word) && !word.includes('=') && tellsSecret(word) ? [words[index + 1] ?? ''] : []),
  ])
}

function valuesInCommand(command: readonly string[]): readonly string[] {
  const line = command.join(' ')
  const bare = line.split(/[\s"';]+/)
  return [...valuesInWords(command), ...valuesInWords(bare), ...optionsOf(line)]
}

function valuesInLabel([name, value]: readonly [string, string]): readonly string[] {
  return [...(tellsSecret(name) ? [value] : []), ...valuesInCommand([value])]
}

/** In a command, a variable's name or another option in place of a value is no secret. */
function isWritten(text: string): boolean {
  return !/^\$|^-/.test(text)
}

/**
 * Told within a value: `Password=…;` of ADO.NET, `"password":"…"` of a JSON document, `password='…'` of libpq; and Go's way to write a database's
 * address, `user:password@tcp(…)`, which is no URL.
 */
const TOLD = /(?:password|passwd|pwd|secret|token|api_?key)["']?\s?[:=]\s?["']?([^\s"';,&}]+)/gi
const ADDRESS = /:([^\s@:/]+)@(?:tcp6?|unix|udp)\(/g

function valuesWithin(text: string): readonly string[] {
  return [TOLD, ADDRESS].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
}

/**
 * What is secret in a container's inspection, for faci knows its own secrets and not those of containers: values of variables, options and
 * labels whose names tell it, what is told within them, and credentials in URLs, wherever they stand.
 */
export function inspectedSecrets(inspection: unknown): readonly string[] {
  const {Args, Config} = (inspection ?? {}) as Inspection
  const variables = texts(Config?.Env)
  const commands = [Config?.Cmd, Config?.Entrypoint, Args, Config?.Healthcheck?.Test].map(texts)
  const labels = labelsOf(Config?.Labels)
  const everything = [...variables, ...commands.flat(), ...labels.map(([, value]) => value)]
  const values = [
    ...variables.flatMap(assigned),
    ...commands.flatMap(valuesInCommand).filter(isWritten),
    ...labels.flatMap(valuesInLabel).filter(isWritten),
    ...[...variables, ...labels.map(([, value]) => value)].flatMap(valuesWithin),
    ...everything.flatMap(urlCredentials),
  ]
  return [...new Set(values)].filter(isDistinctive)
}
