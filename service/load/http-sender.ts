import type {IncomingMessage} from 'node:http'
import {Agent, request} from 'node:http'
import type {OfferedCar, LoadRequest} from './traffic-mix.js'

interface Answer {
  readonly status: number | undefined
  readonly cache: string | undefined
  readonly durationMs: number
  /** What a recommendation offered; empty for anything else. */
  readonly cars: readonly OfferedCar[]
}

/** Never rejects: no answer is an answer without status. */
export type Sender = (load: LoadRequest) => Promise<Answer>

const TIMEOUT_MS = 10_000

export function createSender(target: URL, maxSockets: number): Sender {
  const agent = new Agent({keepAlive: true, maxSockets, scheduling: 'lifo'})
  return (load) =>
    new Promise((resolve) => {
      const start = performance.now()
      const finish = (response?: IncomingMessage, text = ''): void => {
        const durationMs = performance.now() - start
        const cache = response?.headers['x-cache']
        resolve({
          status: response?.statusCode,
          cache: typeof cache === 'string' ? cache : undefined,
          durationMs,
          cars: load.kind === 'recommend' ? readCars(text) : [],
        })
      }
      const outgoing = request(new URL(load.path, target), {agent, ...requestOptions(load)}, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () => {
          finish(response, text)
        })
        response.on('error', () => {
          finish()
        })
      })
      outgoing.on('timeout', () => outgoing.destroy())
      outgoing.on('error', () => {
        finish()
      })
      outgoing.end(load.body === undefined ? undefined : JSON.stringify(load.body))
    })
}

function requestOptions({method, body}: LoadRequest) {
  const headers = {'user-agent': 'faciliauto-load', ...(body !== undefined && {'content-type': 'application/json'})}
  return {method, headers, timeout: TIMEOUT_MS}
}

function readCars(text: string): readonly OfferedCar[] {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('cars' in value) || !Array.isArray(value.cars)) return []
    return value.cars.filter(isOfferedCar)
  } catch {
    return []
  }
}

function isOfferedCar(value: unknown): value is OfferedCar {
  if (typeof value !== 'object' || value === null) return false
  return 'id' in value && typeof value.id === 'string' && 'dealership' in value && typeof value.dealership === 'string'
}
