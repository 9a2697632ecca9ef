import * as z from 'zod/mini'
import type {Matcher} from '../../domain/promql/matcher.js'
import type {Silence, SilenceWish} from '../../domain/alerts/silence.js'
import {FaciError} from '../../domain/errors.js'
import {compareText} from '../../domain/text/compare-text.js'
import type {Alerts} from '../../ports/alerts.js'
import {accepted, type AlertmanagerApi, badAnswer, timeOf} from './alertmanager-api.js'

const matcher = z.object({
  name: z.string(),
  value: z.string(),
  isRegex: z.boolean(),
  isEqual: z._default(z.boolean(), true),
})

const silenceList = z.array(
  z.object({
    id: z.string(),
    status: z.object({state: z.enum(['active', 'pending', 'expired'])}),
    matchers: z.array(matcher),
    startsAt: z.string(),
    endsAt: z.string(),
    createdBy: z.string(),
    comment: z.string(),
  }),
)

const created = z.object({silenceID: z.string()})

function operatorOf({isRegex, isEqual}: z.output<typeof matcher>): Matcher['operator'] {
  if (isRegex) return isEqual ? '=~' : '!~'
  return isEqual ? '=' : '!='
}

function toSilence(raw: z.output<typeof silenceList>[number]): readonly Silence[] {
  const {status, id, matchers, startsAt, endsAt, createdBy, comment} = raw
  if (status.state === 'expired') return []
  const read = matchers.map((one) => ({label: one.name, operator: operatorOf(one), value: one.value}))
  const times = {startsAt: timeOf(startsAt), endsAt: timeOf(endsAt)}
  return [{id, state: status.state, matchers: read, ...times, createdBy, comment}]
}

function bodyOf({id, matchers, ...rest}: SilenceWish): object {
  const written = matchers.map(({label, operator, value}) => ({
    name: label,
    value,
    isRegex: operator.endsWith('~'),
    isEqual: !operator.startsWith('!'),
  }))
  return {...(id === null ? {} : {id}), matchers: written, ...rest}
}

function gone(id: string): FaciError {
  return new FaciError('notFound', `Alertmanager has no silence ${id}`, {
    suggestions: ['faci alerts list --silences'],
  })
}

/** Alertmanager says so in its own words, and with 500 where 404 would do. */
function isUnknown(status: number, body: unknown): boolean {
  return status === 404 || (status === 500 && /not found|already expired/.test(JSON.stringify(body)))
}

export function alertmanagerSilences(api: AlertmanagerApi): Pick<Alerts, 'silences' | 'silence' | 'expireSilence'> {
  return {
    silences: async () => {
      const all = (await api.read('/api/v2/silences', silenceList)).flatMap(toSilence)
      return all.sort((one, other) => compareText(one.endsAt, other.endsAt) || compareText(one.id, other.id))
    },
    silence: async (wish) => {
      const answer = await api.post('/api/v2/silences', bodyOf(wish))
      if (answer.status === 404 && wish.id !== null) throw gone(wish.id)
      if (answer.status === 400)
        throw new FaciError('usage', `Alertmanager refused the silence: ${String(answer.body)}`)
      return accepted(answer, created).silenceID
    },
    expireSilence: async (id) => {
      const answer = await api.remove(`/api/v2/silence/${encodeURIComponent(id)}`)
      if (isUnknown(answer.status, answer.body)) throw gone(id)
      if (answer.status !== 200) throw badAnswer(answer)
    },
  }
}
