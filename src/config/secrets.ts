import {FaciError} from '../domain/errors.js'
import {readPlainText} from '../files/plain-file.js'
import type {Config, SecretReference} from './config.js'
import type {Variables} from './interpolate.js'
import {command} from '../domain/text/shell-command.js'

/** A reference as it may be shown: `env:SLACK_BOT_TOKEN`. */
export function shownReference({from, name}: SecretReference): string {
  return `${from}:${name}`
}

/** The value, trimmed; null when the variable is unset or there is no such regular file. */
export function findSecret(reference: SecretReference, environment: Variables): string | null {
  if (reference.from === 'env') {
    const value = environment[reference.name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  try {
    return readPlainText(reference.name).trim()
  } catch {
    return null
  }
}

/** A key file, or anything else that was never meant to be sent. */
function ofSeveralLines(name: string, reference: SecretReference): FaciError {
  return new FaciError('configInvalid', `header ${name} takes one line, and ${shownReference(reference)} has several`, {
    suggestions: [`write only the token to ${reference.name}, and check that faci.yml names the right file`],
  })
}

/** Header values with their secrets read. Throws `configInvalid` naming the reference that has no value, or several lines. */
export function readHeaders(
  headers: Readonly<Record<string, string | SecretReference>>,
  environment: Variables,
): Record<string, string> {
  const read = (name: string, value: string | SecretReference): string => {
    if (typeof value === 'string') return value
    const secret = findSecret(value, environment)
    if (secret !== null && /[\r\n]/.test(secret)) throw ofSeveralLines(name, value)
    if (secret !== null) return secret
    throw new FaciError('configInvalid', `header ${name} needs ${shownReference(value)}, which has no value`, {
      suggestions: [value.from === 'env' ? command`export ${value.name}=…` : `write it to ${value.name}`],
    })
  }
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, read(name, value)]))
}

const TELLING_HEADER = /^(authorization|cookie)$|token|key|secret/i

function secretHeader(name: string, value: string | SecretReference): boolean {
  return typeof value !== 'string' || TELLING_HEADER.test(name)
}

/** Every secret that faci.yml refers to or holds in a header such as Authorization: what must never be shown. */
export function secretValues(config: Config, environment: Variables): readonly string[] {
  const {slack} = config.notices
  const headers = [config.prometheus, config.alertmanager].flatMap((backend) => Object.entries(backend?.headers ?? {}))
  const values = [
    slack?.token,
    slack?.webhook,
    ...headers.map(([name, value]) => (secretHeader(name, value) ? value : null)),
  ]
  return values.flatMap((value) =>
    typeof value === 'string' ? value : value ? (findSecret(value, environment) ?? []) : [],
  )
}
