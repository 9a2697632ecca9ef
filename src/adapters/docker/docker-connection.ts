import {setMaxListeners} from 'node:events'
import Docker from 'dockerode'
import {Agent as HttpAgent, type AgentOptions, IncomingMessage} from 'node:http'
import {Agent} from 'node:https'
import {FaciError} from '../../domain/errors.js'
import {deadline} from '../deadline/deadline.js'
import type {DockerEndpoint} from './docker-endpoint.js'
import {SshAgent} from './ssh-agent.js'
import {sshCheck} from './ssh-failure.js'
import {statusOf, translateDockerError} from './docker-error.js'

type Method = 'GET' | 'POST' | 'DELETE'

type Query = Readonly<Record<string, unknown>>

interface DockerRequest {
  /** Below the API root: `/containers/json`. */
  readonly path: string
  readonly query?: Query
  /** Completes "Docker did not … in time". */
  readonly what: string
  readonly deadlineSeconds: number
  /** The connection's `deadline` of as many seconds, where several requests have one together; by default this one is alone. */
  readonly shared?: AbortSignal
}

/** Requests to one engine over dockerode's transport. Errors: `unreachable`, `timedOut`, `badAnswer`. */
export interface DockerConnection {
  /** Where it is, for people. */
  readonly shown: string
  /** For several requests together, begun now. */
  readonly deadline: (seconds: number) => AbortSignal
  /** The whole answer, unchecked, within the deadline; null for 404: what was asked about is gone. */
  readonly get: (request: DockerRequest) => Promise<unknown>
  /** Like `get`, for what changes something; the answer may be empty. */
  readonly post: (request: DockerRequest) => Promise<unknown>
  /** Like `post`, by DELETE. */
  readonly remove: (request: DockerRequest) => Promise<unknown>
  /** The body as it comes. The deadline is that of its beginning; the signal ends it. */
  readonly stream: (request: DockerRequest, signal: AbortSignal) => Promise<IncomingMessage>
  /** Like `stream`, of what a POST begins. */
  readonly postStream: (request: DockerRequest, signal: AbortSignal) => Promise<IncomingMessage>
}

const GONE = 404
const STATUS_CODES = {
  200: true,
  201: true,
  400: 'bad request',
  404: 'not found',
  409: 'conflict',
  500: 'server error',
} as const

/** Without a server name given, Node works one out for every request, encrypted or not. */
function plainAgent(): {readonly agent: HttpAgent} {
  const options: AgentOptions & {readonly servername: string} = {keepAlive: true, servername: ''}
  return {agent: new HttpAgent(options)}
}

function overSsh(endpoint: Extract<DockerEndpoint, {kind: 'ssh'}>): {readonly agent: HttpAgent} {
  return {agent: new SshAgent(endpoint)}
}

function dockerOptions(endpoint: DockerEndpoint): Docker.DockerOptions {
  if (endpoint.kind === 'socket') return {socketPath: endpoint.path, ...plainAgent()}
  // The name of a host is wanted, and nobody reads it.
  if (endpoint.kind === 'ssh') return {host: 'docker', protocol: 'http', ...overSsh(endpoint)}
  const {host, port, tls} = endpoint
  if (tls === null) return {host, port, protocol: 'http', ...plainAgent()}
  const {ca, cert, key, verify} = tls
  const files = {...(ca === null ? {} : {ca}), ...(cert === null ? {} : {cert}), ...(key === null ? {} : {key})}
  return {
    host,
    port,
    protocol: 'https',
    ...(verify ? files : {agent: new Agent({...files, rejectUnauthorized: false})}),
  }
}

/** To log in takes its time, whatever the engine does: as long as ssh is given to connect. */
const LOGIN_SECONDS = 10

/** What to type to see for oneself. */
function checkOf(endpoint: DockerEndpoint): string {
  return endpoint.kind === 'ssh' ? sshCheck(endpoint.target) : 'docker info'
}

/** Ends the request when the deadline passes before it is answered. */
async function inTime<T>(
  {what, deadlineSeconds, shared}: DockerRequest,
  endpoint: DockerEndpoint,
  abort: AbortController,
  answer: Promise<T>,
): Promise<T> {
  const late = shared ?? deadline(deadlineSeconds)
  let end = (): void => undefined
  const passed = new Promise<never>((_resolve, reject) => {
    end = () => {
      const message = `Docker at ${endpoint.shown} did not ${what} within ${String(deadlineSeconds)} s`
      reject(new FaciError('timedOut', message, {suggestions: [checkOf(endpoint)]}))
      abort.abort()
    }
  })
  late.addEventListener('abort', end, {once: true})
  if (late.aborted) end()
  try {
    return await Promise.race([answer, passed])
  } finally {
    late.removeEventListener('abort', end)
  }
}

function dial(
  modem: Docker['modem'],
  method: Method,
  {path, query = {}}: DockerRequest,
  isStream: boolean,
  abortSignal: AbortSignal,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = {
      path: `${path}?`,
      method,
      options: {...query},
      isStream,
      abortSignal,
      statusCodes: STATUS_CODES,
    }
    modem.dial(options, (error, answer) => {
      if (error === null) resolve(answer)
      else reject(error)
    })
  })
}

export function openDocker(endpoint: DockerEndpoint): DockerConnection {
  const {modem} = new Docker(dockerOptions(endpoint))
  const {shown, kind} = endpoint
  const patience = kind === 'ssh' ? LOGIN_SECONDS : 0
  const patient = (request: DockerRequest): DockerRequest => ({
    ...request,
    deadlineSeconds: request.deadlineSeconds + patience,
  })
  const answerTo = async (method: Method, asked: DockerRequest): Promise<unknown> => {
    const request = patient(asked)
    const abort = new AbortController()
    try {
      return await inTime(request, endpoint, abort, dial(modem, method, request, false, abort.signal))
    } catch (error) {
      if (statusOf(error) === GONE) return null
      throw translateDockerError(error, shown)
    }
  }
  const streamOf = async (method: Method, asked: DockerRequest, signal: AbortSignal): Promise<IncomingMessage> => {
    const request = patient(asked)
    const abort = new AbortController()
    const end = (): void => {
      abort.abort()
    }
    // One listener for each container's logs: many are no leak.
    setMaxListeners(0, signal)
    signal.addEventListener('abort', end, {once: true})
    try {
      const answer = await inTime(request, endpoint, abort, dial(modem, method, request, true, abort.signal))
      if (answer instanceof IncomingMessage) return answer
      throw new FaciError('badAnswer', `Docker at ${shown} gave no stream`)
    } catch (error) {
      throw translateDockerError(error, shown)
    }
  }
  return {
    shown,
    deadline: (seconds) => {
      const signal = deadline(seconds + patience)
      // A listener for each of the requests: many are no leak.
      setMaxListeners(0, signal)
      return signal
    },
    get: (request) => answerTo('GET', request),
    post: (request) => answerTo('POST', request),
    remove: (request) => answerTo('DELETE', request),
    stream: (request, signal) => streamOf('GET', request, signal),
    postStream: (request, signal) => streamOf('POST', request, signal),
  }
}
