import {FaciError} from '../domain/errors.js'
import {readPlainText} from '../files/plain-file.js'
import type {Config} from './config.js'
import type {Variables} from '../formats/compose/interpolate.js'
import {SAFE_SECRET_LENGTH} from '../domain/secrets/needles.js'
import {type SecretReference, shownReference} from '../domain/secrets/secret-reference.js'
import {urlCredentials} from '../domain/secrets/url-credentials.js'
import {command} from '../domain/text/shell-command.js'

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

function configuredUrls({health, prometheus, alertmanager, channels}: Config): readonly string[] {
  const urls = [...Object.values(health), prometheus, alertmanager].flatMap((one) => one?.url ?? [])
  return [...urls, ...channels.flatMap((channel) => channel.urls)]
}

/**
 * The parameters of all URLs in faci.yml, as written there. Nobody but who wrote them knows which of them is a key: their values are hidden in these
 * parameters, whatever their names. The URLs that faci makes itself, of Prometheus's graphs say, have others.
 */
export function configuredParameters(config: Config): readonly {readonly name: string; readonly value: string}[] {
  return configuredUrls(config).flatMap((url) => {
    const [, query = ''] = (url.split('#', 1)[0] ?? '').split('?', 2)
    return query.split('&').map((pair) => {
      const at = pair.indexOf('=')
      return {name: pair.slice(0, Math.max(0, at)), value: at < 1 ? '' : pair.slice(at + 1)}
    })
  })
}

/** Variables by which notices leave through a proxy; each may hold a password. */
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']

/**
 * Every secret that faci.yml refers to, with the password in it where it is a URL, or holds in a header such as Authorization, in a URL, or in a variable that tells it: what must never be
 * shown.
 */
export function secretValues(config: Config, environment: Variables): readonly string[] {
  const headers = [config.prometheus, config.alertmanager].flatMap((backend) => Object.entries(backend?.headers ?? {}))
  const values = [
    ...config.channels.flatMap(({secrets}) => secrets),
    ...headers.map(([name, value]) => (secretHeader(name, value) ? value : null)),
  ]
  const found = values.flatMap((value) =>
    typeof value === 'string' ? value : value ? (findSecret(value, environment) ?? []) : [],
  )
  const proxies = PROXIES.flatMap((name) => [environment[name], environment[name.toLowerCase()]])
  const proxyUrls = proxies.flatMap((value) =>
    value === undefined ? [] : [value.includes('://') ? value : `http://${value}`],
  )
  return [
    ...found,
    ...[...found, ...configuredUrls(config), ...proxyUrls].flatMap(urlCredentials),
    ...config.secretVariables,
  ]
}

/** The references whose value is too short to be hidden surely, as they may be shown. */
export function shortSecrets({channels, prometheus, alertmanager}: Config, environment: Variables): readonly string[] {
  const headers = [prometheus, alertmanager].flatMap((backend) => Object.values(backend?.headers ?? {}))
  const references = [...channels.flatMap(({secrets}) => secrets), ...headers].filter(
    (value) => typeof value !== 'string',
  )
  const isShort = (reference: SecretReference): boolean =>
    (findSecret(reference, environment)?.length ?? SAFE_SECRET_LENGTH) < SAFE_SECRET_LENGTH
  return [...new Set(references.filter(isShort).map(shownReference))]
}
