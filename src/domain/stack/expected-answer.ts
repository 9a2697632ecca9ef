import type {ProbeReason} from './reason.js'

/** What a health endpoint answered; header names are in lower case. */
export interface HttpReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `expect` of an entry of faci.yml's `health:`. */
export interface HealthExpectation {
  /** Any of these; null: 200 to 299. */
  readonly statuses: readonly number[] | null
  /** What the body holds, within its first 512 KiB; null: nothing is asked of it. */
  readonly body: string | null
  /** What headers hold, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

type Unexpected = Extract<ProbeReason, {readonly why: 'unexpected'}>

const LONGEST_SHOWN = 200

export function expectsStatus({status}: HttpReply, expect: HealthExpectation | null): boolean {
  return expect?.statuses?.includes(status) ?? (status >= 200 && status < 300)
}

/** What an answer with a good status lacks; null when it has all that is expected. */
export function lackOf({status, headers, body}: HttpReply, expect: HealthExpectation): Unexpected | null {
  for (const [name, expected] of Object.entries(expect.headers)) {
    const got = headers[name] ?? null
    if (got?.includes(expected) === true) continue
    return {
      why: 'unexpected',
      what: 'header',
      status,
      expected: `${name}: ${expected}`,
      got: got?.slice(0, LONGEST_SHOWN) ?? null,
    }
  }
  if (expect.body === null || body.includes(expect.body)) return null
  return {why: 'unexpected', what: 'body', status, expected: expect.body, got: null}
}
