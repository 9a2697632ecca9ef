import {shortCondition} from '../../../domain/execution/short-condition.js'
import type {EventWords} from '../../../domain/execution/timeline.js'
import type {Detail} from '../../../domain/journal/detail.js'
import type {BlockResult, ConditionReading} from '../../../domain/journal/events.js'
import {firstLine, withReason} from '../clause.js'
import {RUN} from './run.js'

function said(detail: Detail | null): string {
  return detail === null ? '' : RUN.reason(detail)
}

function resultText({outcome, detail, durationSeconds}: BlockResult): string {
  return withReason(`${outcome} after ${durationSeconds.toFixed(1)} s`, outcome === 'ok' ? '' : said(detail))
}

const SEEN = {true: 'resolved holds', false: 'not resolved', unknown: 'cannot be seen'} as const

function missing(conditions: readonly ConditionReading[]): string {
  const open = conditions.filter(({state}) => state !== 'true')
  return open.map(({condition, detail}) => `${shortCondition(condition)} (${firstLine(RUN.reason(detail))})`).join('; ')
}

export const EVENTS: EventWords = {
  'run.started': ({runbook, operator, mode, force}) =>
    `${operator} started ${runbook}${mode === 'full' ? '' : `, ${mode} only`}${force ? ', with --force' : ''}`,
  look: ({after, state, conditions}) =>
    withReason(`${after === null ? '' : `after ${after}: `}${SEEN[state]}`, missing(conditions)),
  'lease.taken': ({takenFrom}) =>
    withReason('lock taken', takenFrom === null ? '' : `over from ${RUN.reason(takenFrom)}`),
  'gate.asked': ({id}) => `asked whether to run ${id}`,
  'gate.answered': ({id, answer, how}) => `gate of ${id}: ${answer} (${firstLine(RUN.reason(how))})`,
  'run.resumed': ({operator, host}) => `${operator} on ${host} went on with it`,
  'step.asked': ({id}) => `asked whether to run ${id}`,
  'step.answered': ({id, answer}) => `step ${id}: ${answer === 'rest' ? 'run, and all from here' : answer}`,
  'rollback.asked': ({ids}) => `asked whether to roll back: ${ids.join(', ')}`,
  'rollback.decided': ({answer, how}) =>
    withReason(answer === 'rollback' ? 'roll back' : 'not rolled back', RUN.reason(how)),
  'run.aborted': ({reason}) => withReason('ended early', RUN.reason(reason)),
  'evidence.kept': ({id, files, problems}) =>
    withReason(`kept ${String(files.length)} files of evidence before ${id}`, problems.map(RUN.reason).join('; ')),
  'block.started': ({id, attempt}) => `${id} started${attempt > 1 ? `, attempt ${String(attempt)}` : ''}`,
  'block.retried': (event) => `${event.id} ${resultText(event)}; again`,
  'verify.polled': ({id, state, detail}) => withReason(`${id} ${state}`, said(detail)),
  'block.finished': (event) => `${event.id} ${resultText(event)}`,
  'block.skipped': ({id, reason}) => `${id} skipped: ${firstLine(RUN.reason(reason))}`,
  'notice.sent': ({id, channel, status}) => `${id} to ${channel}: ${status}`,
  'task.asked': ({id}) => `asked whether ${id} is done`,
  'task.answered': ({id, done}) => `${id} ${done ? 'done' : 'not done'}`,
  'run.interrupted': ({reason}) => withReason('interrupted', reason.why === 'interrupted' ? '' : RUN.reason(reason)),
  'journal.lost': ({reason}) => withReason('the journal can no longer be written', RUN.reason(reason)),
  'run.finished': ({outcome, deeds, reason}) => withReason(`ended ${outcome}`, RUN.summary(deeds, reason)),
}
