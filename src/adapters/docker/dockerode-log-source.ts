import type {IncomingMessage} from 'node:http'
import {FaciError} from '../../domain/errors.js'
import type {LogRange, LogSource} from '../../ports/log-source.js'
import type {DockerConnection} from './docker-connection.js'
import {translateDockerError} from './docker-error.js'
import {LogFrames} from './log-frames.js'

export interface LogSourceOptions {
  /** Until the engine begins to answer. */
  readonly deadlineSeconds: number
  /** Without a byte, while not following: the engine may search a long log before it finds the first line. */
  readonly stallSeconds: number
}

function query({since, until, tail, follow, stamped}: LogRange): Readonly<Record<string, unknown>> {
  return {
    stdout: true,
    stderr: true,
    follow,
    timestamps: stamped === true,
    ...(since === undefined ? {} : {since: since.toFixed(6)}),
    ...(until === undefined ? {} : {until: until.toFixed(6)}),
    ...(tail === undefined ? {} : {tail: String(tail)}),
  }
}

function failOnStall(stream: IncomingMessage, shown: string, seconds: number): NodeJS.Timeout {
  return setTimeout(() => {
    stream.destroy(
      new FaciError('timedOut', `Docker at ${shown} sent no log data for ${String(seconds)} s`, {
        suggestions: ['docker info'],
      }),
    )
  }, seconds * 1000)
}

async function* payloads(body: IncomingMessage, frames: LogFrames | null, onChunk: () => void): AsyncGenerator<Buffer> {
  for await (const chunk of body as AsyncIterable<Buffer>) {
    onChunk()
    yield frames === null ? chunk : frames.push(chunk)
  }
  if (frames === null) return
  yield frames.end()
  frames.refuseUnread()
}

/** The LogSource port on dockerode's transport; a chunk is what one read of the socket brought. */
export function createDockerodeLogSource(
  {shown, stream}: DockerConnection,
  {deadlineSeconds, stallSeconds}: LogSourceOptions = {deadlineSeconds: 3, stallSeconds: 60},
): LogSource {
  return {
    read: async function* ({id, tty}, range, signal) {
      if (signal.aborted) return
      const isAborted = (): boolean => signal.aborted
      const request = {
        path: `/containers/${id}/logs`,
        query: query(range),
        what: 'begin to send the log',
        deadlineSeconds,
      }
      let stall: NodeJS.Timeout | undefined
      try {
        const body = await stream(request, signal)
        if (!range.follow) stall = failOnStall(body, shown, stallSeconds)
        const frames = tty ? null : new LogFrames(range.stamped === true)
        for await (const payload of payloads(body, frames, () => stall?.refresh()))
          if (payload.length > 0) yield payload
      } catch (error) {
        if (!isAborted()) throw translateDockerError(error, shown)
      } finally {
        clearTimeout(stall)
      }
    },
  }
}
