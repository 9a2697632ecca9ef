import type {Result} from '../../domain/result.js'
import type {ChangeReport, ServiceOutcome} from '../../domain/change/change-report.js'
import {changePlanText} from './change-plan.js'
import {refusalText} from '../consent/refusal.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {seconds} from '../text/units.js'
import {verdictIcon} from '../text/verdict.js'
import {CHANGE} from '../words/en/change.js'
import {command, shellCommand} from '../../domain/text/shell-command.js'

const OUTCOME_COLUMNS = [{title: ''}, {title: ''}, {title: ''}, {title: '', align: 'right'}] as const
const COMPOSE_LINES = 15
/** A service that was ready all along took no time worth telling. */
const NOISE_SECONDS = 0.05
const SIGNS = {ready: '✔', waiting: '▲', failed: '✖', unknown: '?'} as const

function sign({state}: ServiceOutcome, style: Style): string {
  const paint = {ready: style.good, waiting: style.warn, failed: style.bad, unknown: style.warn}[state]
  return paint(SIGNS[state])
}

function outcomes(services: readonly ServiceOutcome[], style: Style): readonly string[] {
  if (services.length === 0) return []
  const rows = services.map((outcome) => [
    sign(outcome, style),
    style.bold(outcome.service),
    CHANGE.readiness(outcome.reason),
    style.dim(outcome.afterSeconds < NOISE_SECONDS ? '' : seconds(outcome.afterSeconds)),
  ])
  return [table(OUTCOME_COLUMNS, rows, style)]
}

function tail(title: string, lines: readonly string[], style: Style): readonly string[] {
  if (lines.length === 0) return []
  return ['', style.dim(title), ...lines.map((line) => `${style.dim('│')} ${line}`)]
}

function logs(services: readonly ServiceOutcome[], style: Style): readonly string[] {
  return services.flatMap(({service, log}) => tail(`Last lines of ${service}:`, log, style))
}

function nextSteps({services, compose}: ChangeReport, style: Style): readonly string[] {
  const stuck = services.filter(({state}) => state === 'waiting' || state === 'failed').map(({service}) => service)
  const isUnseen = services.some(({state}) => state === 'unknown')
  if (stuck.length === 0 && !isUnseen && compose?.ok !== false) return []
  const look = stuck.length === 0 ? 'faci status' : shellCommand(['faci', 'logs', ...stuck, '--since', '10m'])
  return ['', `Next: ${style.accent(look)}`]
}

function kept({evidence, runId}: ChangeReport, style: Style): readonly string[] {
  if (runId === null) return []
  const files = evidence.length === 0 ? '' : `, ${evidence.length} files of evidence kept: faci runs ${runId}`
  return [style.dim(`Run ${runId}${files}`)]
}

function keptImages({images}: ChangeReport, style: Style): readonly string[] {
  return images.flatMap(({service, reference}) => [
    `The previous image of ${service} is kept as ${reference}`,
    `  To go back: ${style.accent(command`faci up ${service} --image previous`)}`,
  ])
}

function leftBehindText({leftBehind}: ChangeReport, style: Style): readonly string[] {
  if (leftBehind === null) return []
  const {found, mend} = leftBehind
  const head = found.length === 0 ? 'Every service looks as before. To finish the change:' : 'Compose left behind:'
  return ['', head, ...found.map((left) => style.warn(`  ▲ ${CHANGE.leftOver(left)}`)), `  → ${style.accent(mend)}`]
}

const WORDS: Readonly<Record<string, string>> = {
  ok: 'done in',
  bad: 'failed after',
  interrupted: 'interrupted after',
  unknown: 'could not be verified after',
}

/** What a change came to: the verdict, each service with its time, and when something is wrong the lines that tell why. */
export function changeText({verdict, data}: Result<ChangeReport>, style: Style): string {
  const {plan, dryRun, services, compose} = data
  if (dryRun) return `${changePlanText(plan, style)}\n\n${style.dim('Dry run: nothing was changed.')}`
  if (data.refusal !== null) return refusalText(data.refusal, style)
  const head = `${verdictIcon(verdict, style)} ${style.bold(plan.change.kind)} ${WORDS[verdict] ?? ''} ${seconds(data.durationSeconds)}`
  const composeTail =
    compose?.ok === false ? tail('Last lines of Compose:', compose.output.slice(-COMPOSE_LINES), style) : []
  return [
    head,
    ...outcomes(services, style),
    ...keptImages(data, style),
    ...composeTail,
    ...logs(services, style),
    ...leftBehindText(data, style),
    ...nextSteps(data, style),
    ...kept(data, style),
  ].join('\n')
}
