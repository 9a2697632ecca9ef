import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {readPlainBytes, whyUnreadable} from '../../files/plain-file.js'
import {readContext} from './docker-context.js'
import type {SshTarget} from './ssh-failure.js'
import {command} from '../../domain/text/shell-command.js'

interface TlsFiles {
  readonly ca: Buffer | null
  readonly cert: Buffer | null
  readonly key: Buffer | null
  readonly verify: boolean
}

/** Where the engine listens. `shown` holds no credentials. */
export type DockerEndpoint =
  | {readonly kind: 'socket'; readonly shown: string; readonly path: string}
  | {
      readonly kind: 'tcp'
      readonly shown: string
      readonly host: string
      readonly port: number
      readonly tls: TlsFiles | null
    }
  | {readonly kind: 'ssh'; readonly shown: string; readonly target: SshTarget}

type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_SOCKET = 'unix:///var/run/docker.sock'
const PLAIN_PORT = 2375
const TLS_PORT = 2376

function fileOrNull(path: string): Buffer | null {
  try {
    return existsSync(path) ? readPlainBytes(path) : null
  } catch (error) {
    throw new FaciError('configInvalid', `${path} cannot be read (${whyUnreadable(error)})`, {cause: error})
  }
}

function tlsIn(directory: string, verify: boolean): TlsFiles {
  const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) => fileOrNull(join(directory, name)))
  return {ca: ca ?? null, cert: cert ?? null, key: key ?? null, verify}
}

function tlsOfEnvironment(environment: Environment, configDirectory: string): TlsFiles | null {
  const verify = (environment['DOCKER_TLS_VERIFY'] ?? '') !== ''
  if (!verify && (environment['DOCKER_TLS'] ?? '') === '') return null
  const directory = environment['DOCKER_CERT_PATH'] ?? ''
  if (directory !== '' && !existsSync(directory)) {
    throw new FaciError('configInvalid', `DOCKER_CERT_PATH names a folder that does not exist: ${directory}`)
  }
  return tlsIn(directory === '' ? configDirectory : directory, verify)
}

function refuseScheme(from: string): FaciError {
  return new FaciError(
    'configInvalid',
    `${from} is not a supported Docker host: use unix://…, ssh://user@host or tcp://host:port`,
  )
}

/** Docker itself takes a path for a TCP host called `localhost`, and docker-compose for none at all. */
function bareSocket(path: string, from: string): FaciError {
  const message = `${from} is a path without unix://, which Docker does not take for a socket`
  return new FaciError('configInvalid', message, {suggestions: [command`export DOCKER_HOST=${`unix://${path}`}`]})
}

/** Whether its escapes stand for text. */
function isText(escaped: string): boolean {
  try {
    return !decodeURIComponent(escaped).includes('\0')
  } catch {
    return false
  }
}

function orNull(part: string): string | null {
  return part === '' || part === '/' ? null : decodeURIComponent(part)
}

/** ssh takes a name that begins so for an option. */
function isOption(name: string): boolean {
  return name.startsWith('-')
}

/** A password has no place here. */
function sshEndpoint(text: string, from: string): DockerEndpoint {
  if (!URL.canParse(text)) throw refuseScheme(from)
  const {username, password, hostname, port, pathname, search, hash} = new URL(text)
  if (search + hash !== '' || !isText(username + hostname + pathname)) throw refuseScheme(from)
  if (password !== '')
    throw new FaciError('configInvalid', `${from} holds a password, which ssh does not take: use a key`)
  const host = orNull(hostname.replace(/^\[(.*)\]$/, '$1'))
  const [user, socket] = [orNull(username), orNull(pathname)]
  if (host === null || isOption(host) || isOption(user ?? host)) throw refuseScheme(from)
  return {kind: 'ssh', shown: text, target: {host, user, port: port === '' ? null : Number(port), socket}}
}

function tcpEndpoint(address: string, tls: TlsFiles | null): DockerEndpoint {
  // A scheme that URL knows no default port of, so that 80 is not dropped.
  const {hostname, port, protocol} = new URL(address.replace(/^tcp:/, 'faci:'))
  const secure = tls ?? (protocol === 'https:' ? {ca: null, cert: null, key: null, verify: true} : null)
  const number = port === '' ? (secure === null ? PLAIN_PORT : TLS_PORT) : Number(port)
  return {kind: 'tcp', shown: `tcp://${hostname}:${String(number)}`, host: hostname, port: number, tls: secure}
}

function parseHost(host: string, tls: TlsFiles | null, from: string): DockerEndpoint {
  if (host.startsWith('unix://')) {
    const path = host.slice('unix://'.length) || '/var/run/docker.sock'
    return {kind: 'socket', shown: `unix://${path}`, path}
  }
  if (host.startsWith('ssh://')) return sshEndpoint(host, from)
  if (host.startsWith('/')) throw bareSocket(host, from)
  if (host.startsWith('npipe://')) return {kind: 'socket', shown: host, path: host.slice('npipe://'.length)}
  const address = host.includes('://') ? host : `tcp://${host}`
  if (!/^(tcp|https?):\/\//.test(address) || !URL.canParse(address)) throw refuseScheme(from)
  return tcpEndpoint(address, tls)
}

/**
 * The engine that the Docker CLI would talk to: DOCKER_HOST (with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH), else the context that
 * DOCKER_CONTEXT or `docker context use` names, else the local socket. Throws `configInvalid`.
 */
export function resolveDockerEndpoint(environment: Environment): DockerEndpoint {
  const configured = environment['DOCKER_CONFIG'] ?? ''
  const directory = configured === '' ? join(environment['HOME'] ?? homedir(), '.docker') : configured
  const host = environment['DOCKER_HOST'] ?? ''
  if (host !== '') return parseHost(host, tlsOfEnvironment(environment, directory), 'DOCKER_HOST')
  const context = readContext(directory, environment['DOCKER_CONTEXT'] ?? '')
  if (context === null) return parseHost(DEFAULT_SOCKET, tlsOfEnvironment(environment, directory), 'the default host')
  const tls = existsSync(context.tlsDirectory) ? tlsIn(context.tlsDirectory, !context.skipVerify) : null
  return parseHost(context.host, tls, `the host of Docker context ${context.name}`)
}
