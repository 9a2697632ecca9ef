import {CERTIFICATE_PROBLEMS} from '../../http/certificate-problems.js'
import {proxyFailure} from '../../http/proxy.js'
import type {CallFailure, Mend, RefusedRecipient, TlsProblem} from '../../../domain/notices/undelivered.js'
import type {Delivery} from '../../../ports/notifier.js'

type FailedDelivery = Exclude<Delivery, {kind: 'delivered'}> & {readonly reason: CallFailure}

/** What of the library's errors is looked at; their messages hold what the server said, and may hold more. */
interface MailError {
  readonly code: string
  readonly originalCode: string
  readonly command: string
  /** 0 where no server answered. */
  readonly responseCode: number
  readonly recipient: string
  readonly rejectedErrors: readonly unknown[]
}

function mailError(error: unknown): MailError {
  const fields: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? {...error} : {}
  const {responseCode, rejectedErrors} = fields
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '')
  return {
    code: text('code'),
    originalCode: text('originalCode'),
    command: text('command'),
    recipient: text('recipient'),
    responseCode: typeof responseCode === 'number' ? responseCode : 0,
    rejectedErrors: Array.isArray(rejectedErrors) ? rejectedErrors : [],
  }
}

function tlsProblem({code, originalCode, command, responseCode}: MailError): TlsProblem | null {
  const known = CERTIFICATE_PROBLEMS[originalCode] ?? CERTIFICATE_PROBLEMS[code]
  if (known !== undefined) return known
  if (code !== 'ETLS') return null
  return command === 'STARTTLS' && responseCode > 0 ? 'noStartTls' : 'broken'
}

/** Of a server that said no for good; a recipient's has a kind of its own. */
function mendFor({command}: MailError): Mend | null {
  if (command.startsWith('AUTH')) return {look: 'login'}
  return command === 'MAIL FROM' ? {look: 'sender'} : null
}

function answered(error: MailError, service: string): FailedDelivery {
  const code = String(error.responseCode)
  if (error.responseCode >= 500)
    return {kind: 'rejected', reason: {why: 'refused', service, code, mend: mendFor(error)}}
  return {
    kind: 'failed',
    reason: {why: 'trouble', service, code},
    retryAfterSeconds: null,
    mayHaveArrived: false,
  }
}

function unanswered({code, originalCode}: MailError, service: string): CallFailure {
  if (code === 'ETIMEDOUT' || code === 'EABORT') return {why: 'notAnswered', service}
  const word = [originalCode, code].find((one) => /^E[A-Z_]+$/.test(one) && !['ESOCKET', 'EDNS'].includes(one))
  return {why: 'unreachable', service, code: word ?? null}
}

/** Who was refused, as the server said it of each. */
export function refusedOf(errors: readonly unknown[]): readonly RefusedRecipient[] {
  return errors.map((error) => {
    const {recipient, responseCode} = mailError(error)
    return {address: recipient, code: String(responseCode)}
  })
}

/** A refusal that a later try may get over keeps the notice waiting; one that it cannot waits for a person. */
export function refusal(service: string, refused: readonly RefusedRecipient[], othersHaveIt: boolean): FailedDelivery {
  const reason = {why: 'recipientsRefused', service, refused, othersHaveIt} as const
  if (refused.every(({code}) => code.startsWith('5'))) return {kind: 'rejected', reason}
  return {kind: 'failed', reason, retryAfterSeconds: null, mayHaveArrived: false}
}

/** What an error means for the notice. `wasGiven`: the server had the whole mail, and its end, when the connection was lost. */
export function mailFailure(error: unknown, service: string, wasGiven: boolean): FailedDelivery {
  const proxy = proxyFailure(error, service)
  if (proxy !== null) return {kind: 'failed', reason: proxy, retryAfterSeconds: null, mayHaveArrived: false}
  const known = mailError(error)
  if (known.rejectedErrors.length > 0) return refusal(service, refusedOf(known.rejectedErrors), false)
  const problem = tlsProblem(known)
  if (problem !== null)
    return {
      kind: 'failed',
      reason: {why: 'untrusted', service, problem},
      retryAfterSeconds: null,
      mayHaveArrived: false,
    }
  if (known.responseCode > 0) return answered(known, service)
  return {kind: 'failed', reason: unanswered(known, service), retryAfterSeconds: null, mayHaveArrived: wasGiven}
}
