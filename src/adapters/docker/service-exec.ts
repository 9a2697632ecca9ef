import * as z from 'zod/mini'
import {probeCommandText} from '../../domain/stack/health.js'
import type {Engine} from '../../ports/engine.js'
import type {ExecAnswer, ExecTarget, HealthProber} from '../../ports/health-prober.js'
import type {DockerConnection} from './docker-connection.js'
import {checked} from './engine-answers.js'
import {LogFrames} from './log-frames.js'

const CREATED = z.object({Id: z.string()})
const ENDED = z.object({ExitCode: z.nullish(z.number())})
const KEPT_BYTES = 4096

interface ServiceExecDeps {
  readonly connection: DockerConnection
  readonly engine: Pick<Engine, 'containers'>
  readonly project: string
}

async function containerOf({engine, project}: ServiceExecDeps, {service}: ExecTarget): Promise<string | null> {
  const all = await engine.containers(project)
  return all.find((container) => container.service === service && container.state === 'running')?.id ?? null
}

function unanswered(message: string): ExecAnswer {
  return {exitCode: null, message}
}

/** Reads to the end, and keeps the start. */
async function startOf(stream: AsyncIterable<unknown>): Promise<string> {
  const frames = new LogFrames(false)
  const kept: Buffer[] = []
  let size = 0
  const keep = (piece: Buffer): void => {
    if (size < KEPT_BYTES) kept.push(Buffer.from(piece.subarray(0, KEPT_BYTES - size)))
    size += piece.length
  }
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) keep(frames.push(chunk))
  keep(frames.end())
  return Buffer.concat(kept).toString('utf8')
}

function late({service, command, timeoutSeconds}: ExecTarget): ExecAnswer {
  return unanswered(`${probeCommandText(command)} in ${service} did not end within ${String(timeoutSeconds)} s`)
}

/** Commands in the containers of a project's services, through the Engine API's exec. */
export function createServiceExec(deps: ServiceExecDeps): HealthProber['run'] {
  const {connection} = deps
  return async (target) => {
    const since = performance.now()
    const deadline = connection.deadline(target.timeoutSeconds)
    const limits = {deadlineSeconds: target.timeoutSeconds, shared: deadline}
    let isStarted = false
    try {
      const id = await containerOf(deps, target)
      if (id === null) return unanswered(`no container of ${target.service} is running`)
      const body = {AttachStdout: true, AttachStderr: true, Cmd: target.command}
      const made = await connection.post({
        ...{path: `/containers/${id}/exec`, query: {_query: {}, _body: body}},
        ...{what: 'take the probe', ...limits},
      })
      if (made === null) return unanswered(`the container of ${target.service} is gone`)
      const exec = checked(CREATED, made, 'a command').Id
      const start = {path: `/exec/${exec}/start`, query: {_query: {}, _body: {Detach: false, Tty: false}}}
      const stream = await connection.postStream({...start, what: 'run the probe', ...limits}, deadline)
      isStarted = true
      const output = await startOf(stream)
      const ended = await connection.get({path: `/exec/${exec}/json`, what: 'tell how the probe ended', ...limits})
      const {ExitCode: exitCode} = checked(ENDED, ended, 'a command')
      if (exitCode === null || exitCode === undefined) return late(target)
      return {exitCode, output, durationSeconds: (performance.now() - since) / 1000}
    } catch (error) {
      // Before it was started, it was the engine that did not answer.
      if (deadline.aborted && isStarted) return late(target)
      throw error
    }
  }
}
