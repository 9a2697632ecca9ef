import * as z from 'zod/mini'
import {finding, type ImportFinding} from '../../domain/oncall/import/source-rota.js'
import {type ExportRecord, recordName, type Records} from './records.js'

const optional = z.nullish
const rules = z.object({
  rules: z.array(
    z.object({
      recipient: optional(z.object({type: optional(z.string()), id: optional(z.string()), name: optional(z.string())})),
    }),
  ),
})

interface Schedule {
  readonly id?: string | null | undefined
  readonly name: string
}

/** Whether it notifies other schedules, and not this one. */
function isOfOthers(record: ExportRecord, {id, name}: Schedule): boolean {
  const read = z.safeParse(rules, record)
  const recipients = read.success ? read.data.rules.map(({recipient}) => recipient) : []
  const schedules = recipients.flatMap((one) => (one?.type === 'schedule' ? [one] : []))
  const isThis = (one: (typeof schedules)[number]): boolean => (one.id && id ? one.id === id : one.name === name)
  return schedules.length > 0 && !schedules.some(isThis)
}

export function chainsIn(records: Records, read: Schedule): readonly ImportFinding[] {
  const own = records['opsgenie escalation'].filter((one) => !isOfOthers(one, read))
  if (own.length === 0) return [finding('noEscalation', 'escalation', read.name)]
  return own.map((one) => finding('chain', 'escalation', recordName(one)))
}
