import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import {visible} from '../../domain/text/visible.js'
import type {Answer} from '../http/client.js'

const failure = z.object({status: z.literal('error'), errorType: z.string(), error: z.string()})

type Failure = z.output<typeof failure>

/** VictoriaMetrics gives every failure of a query the type `422`: only its words tell whose fault it is. */
const VICTORIA_WRONG = /unparsed data|(?:unknown|unsupported) func|unexpected number of args|invalid regexp/
const VICTORIA_TIMEOUT = /^timeout exceeded|: timeout exceeded/
/** It repeats the query before it says what is wrong with it. */
const VICTORIA_PREAMBLE = /^error when executing query="(?:[^"\\]|\\.)*" (?:for|on the time range) \([^)]*\): /

function kindOf({errorType, error}: Failure, status: number): 'usage' | 'timedOut' | 'badAnswer' {
  if (errorType === 'bad_data') return 'usage'
  if (errorType === 'timeout' || status === 503) return 'timedOut'
  if (errorType !== '422') return 'badAnswer'
  if (VICTORIA_TIMEOUT.test(error)) return 'timedOut'
  return VICTORIA_WRONG.test(error) ? 'usage' : 'badAnswer'
}

/** The error in an answer that is no success. */
export function refusal(answer: Answer): FaciError {
  const parsed = failure.safeParse(answer.body)
  if (!parsed.success) {
    const what = answer.status === 200 ? 'something that is not a Prometheus answer' : `HTTP ${String(answer.status)}`
    return new FaciError('badAnswer', `Prometheus answered ${what}`, {
      suggestions: ['check prometheus.url in faci.yml: it must be the base of /api/v1'],
    })
  }
  const error = visible(parsed.data.error.replace(VICTORIA_PREAMBLE, ''))
  switch (kindOf({...parsed.data, error}, answer.status)) {
    case 'usage':
      return new FaciError('usage', `Prometheus refused the expression: ${error}`)
    case 'timedOut':
      return new FaciError('timedOut', `Prometheus gave up on the query: ${error}`, {
        suggestions: ['ask for a shorter range, or record the expression with a rule'],
      })
    case 'badAnswer':
      return new FaciError('badAnswer', `Prometheus could not answer: ${error}`)
  }
}
