import type * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import {type Answer, createClient} from '../http/client.js'

export interface AlertmanagerOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
}

export interface AlertmanagerApi {
  /** Throws `badAnswer` for anything but 200 and the shape that is expected. */
  readonly read: <T>(path: string, schema: z.ZodMiniType<T>) => Promise<T>
  readonly get: (path: string) => Promise<Answer>
  readonly post: (path: string, body: unknown) => Promise<Answer>
  readonly remove: (path: string) => Promise<Answer>
}

/** Throws `badAnswer` for what is no time. */
export function timeOf(text: string): string {
  const milliseconds = Date.parse(text)
  if (!Number.isNaN(milliseconds)) return new Date(milliseconds).toISOString()
  throw new FaciError('badAnswer', 'Alertmanager returned an invalid timestamp')
}

export function badAnswer({status}: Answer): FaciError {
  const what = status === 200 ? 'something that is not an Alertmanager answer' : `HTTP ${String(status)}`
  return new FaciError('badAnswer', `Alertmanager answered ${what}`, {
    suggestions: ['check alertmanager.url in faci.yml: it must be the base of /api/v2'],
  })
}

/** The answer's body; throws `badAnswer` when it is not that. */
export function accepted<T>(answer: Answer, schema: z.ZodMiniType<T>): T {
  const parsed = schema.safeParse(answer.body)
  if (answer.status === 200 && parsed.success) return parsed.data
  throw badAnswer(answer)
}

/** JSON over HTTP to one Alertmanager. Errors: `unreachable`, `timedOut`. */
export function alertmanagerApi({url, headers, timeoutSeconds}: AlertmanagerOptions): AlertmanagerApi {
  const client = createClient({
    baseUrl: url,
    name: 'Alertmanager',
    headers,
    timeoutSeconds,
    suggestions: ['faci doctor', 'check alertmanager.url in faci.yml'],
  })
  return {
    read: async (path, schema) => accepted(await client.get(path), schema),
    get: (path) => client.get(path),
    post: (path, body) => client.postJson(path, body),
    remove: (path) => client.remove(path),
  }
}
