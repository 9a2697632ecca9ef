import type {AlertRule} from '../../domain/alerts/alert-rule.js'
import {expressionsIn, isSelective, type Matcher} from '../../domain/promql/matcher.js'
import {parseMatcher} from '../../domain/promql/read-matcher.js'
import {coveredAlerts, LONGEST_SILENCE_SECONDS} from '../../domain/alerts/silence.js'
import {leasedComment, leaseEnd} from '../../domain/alerts/silence-lease.js'
import {silenceCautions, unknownName} from '../../domain/alerts/silence-cautions.js'
import type {SilencePlan, SilenceReport} from '../../domain/alerts/silence-report.js'
import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'
import type {Result} from '../../domain/result.js'
import {formatDuration} from '../../domain/time/duration.js'
import type {AlertRules} from '../../ports/alert-rules.js'
import type {Alerts} from '../../ports/alerts.js'
import type {Clock} from '../../ports/clock.js'
import type {Leases} from '../../ports/lease.js'
import type {Prompt} from '../../ports/prompt.js'
import {askForConsent} from '../consent/ask-for-consent.js'
import {enterAlertChange, type AlertChangeInput} from './enter-alert-change.js'
import {type ExpressionDeps, expressionProblem, withExpressions} from '../patterns/with-expressions.js'
import {command} from '../../domain/text/shell-command.js'
import {orMeant} from '../../domain/text/did-you-mean.js'

export interface SilenceAlertsDeps extends ExpressionDeps {
  readonly alerts: Alerts
  /** null when faci.yml does not say where the rule files are. */
  readonly alertRules: AlertRules | null
  readonly clock: Clock
  readonly leases: Leases
  readonly prompt: Prompt
  readonly showPlan: (plan: SilencePlan) => Promise<void>
}

export interface SilenceAlertsInput extends AlertChangeInput {
  /** An alert's name; null: only the matchers say what is meant. */
  readonly name: string | null
  /** As typed. */
  readonly matchers: readonly string[]
  readonly durationSeconds: number
  readonly comment: string
  readonly author: string
}

async function refuseUnreadable(deps: ExpressionDeps, matchers: readonly Matcher[]): Promise<void> {
  const wrong = await expressionProblem(deps, expressionsIn(matchers))
  if (wrong === null) return
  const {pattern, problem} = wrong
  throw new FaciError('usage', `--matcher: ${JSON.stringify(pattern)} is not a valid regular expression: ${problem}`, {
    suggestions: [`--matcher 'instance=~"api-.*"'`, "the syntax is RE2's, as Alertmanager and Prometheus read it"],
  })
}

async function matchersOf(deps: ExpressionDeps, {name, matchers}: SilenceAlertsInput): Promise<readonly Matcher[]> {
  const named: readonly Matcher[] = name === null ? [] : [{label: 'alertname', operator: '=', value: name}]
  const all = [...named, ...matchers.map(parseMatcher)]
  await refuseUnreadable(deps, all)
  if (await withExpressions(deps, (expressions) => isSelective(all, expressions))) return all
  throw new FaciError(
    'usage',
    all.length === 0 ? 'name an alert, or select alerts with --matcher' : 'this would silence every alert',
    {
      suggestions: [
        'faci alerts silence NAME --for 2h --comment WHY',
        `faci alerts silence --matcher 'severity="info"' --for 2h --comment WHY`,
      ],
    },
  )
}

function check({durationSeconds, comment}: SilenceAlertsInput): void {
  const longest = formatDuration(LONGEST_SILENCE_SECONDS)
  if (durationSeconds > LONGEST_SILENCE_SECONDS)
    throw new FaciError('usage', `--for ${formatDuration(durationSeconds)}: a silence can last ${longest} at most`, {
      suggestions: [`--for ${longest}`, 'to mute an alert for longer, change its rule or its route'],
    })
  if (durationSeconds < 1) throw new FaciError('usage', '--for: a silence must last at least 1 s')
  if (isBlank(comment))
    throw new FaciError('usage', '--comment: say why, for whoever finds the silence', {
      suggestions: [`--comment 'deploy of the new cache'`],
    })
}

/** What was typed, without consent. */
function commandOf({name, matchers, durationSeconds, comment}: SilenceAlertsInput): readonly string[] {
  return [
    ...['faci', 'alerts', 'silence', ...(name === null ? [] : [name])],
    ...matchers.flatMap((text) => ['--matcher', text]),
    ...['--for', formatDuration(durationSeconds), '--comment', comment],
  ]
}

/** Rule files that cannot be read are no reason not to silence: what they say is only more to know. */
async function knownRules({alertRules}: SilenceAlertsDeps): Promise<readonly AlertRule[]> {
  try {
    return alertRules === null ? [] : (await alertRules.alerts()).alerts
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    return []
  }
}

/** A name that is nearly one of those that the rules define silences nothing, and the alert that was meant goes on. */
function refuseTypingMistake(known: Parameters<typeof unknownName>[0]): void {
  const unknown = unknownName(known)
  const near = unknown?.near ?? null
  if (unknown === null || near === null || known.rules.length === 0) return
  const {name} = unknown
  throw new FaciError('notFound', `no alert is called ${name}${orMeant(near)}`, {
    correction: {typed: name, meant: near},
    suggestions: [
      `${command`faci alerts silence --matcher ${`alertname=~"${name}"`}`} … for one that no rule defines yet`,
    ],
  })
}

async function planOf(deps: SilenceAlertsDeps, input: SilenceAlertsInput, runId: string | null): Promise<SilencePlan> {
  const matchers = await matchersOf(deps, input)
  const active = await deps.alerts.active()
  const now = deps.clock.now()
  const {environment, production, durationSeconds, author: createdBy} = input
  const until = new Date(now.getTime() + durationSeconds * 1000).toISOString()
  const covers = await withExpressions(deps, (expressions) => coveredAlerts(matchers, active, expressions))
  const comment = input.comment.trim()
  const rules = await knownRules(deps)
  refuseTypingMistake({matchers, active, rules})
  const situation = {production, matchers, covers, active, rules}
  const cautions = await withExpressions(deps, (expressions) => silenceCautions(situation, expressions))
  return {
    ...{at: now.toISOString(), environment, production, matchers, durationSeconds, createdBy, runId, covers},
    endsAt: runId === null ? until : leaseEnd({until}, now),
    comment: runId === null ? comment : leasedComment(comment, {runId, until}),
    cautions,
  }
}

/**
 * Silences alerts: plan, consent, silence. Inside a run it is leased to the run. Errors: `usage`, `refused` where only looking is
 * allowed, `notFound` for what is nearly the name of an alert, and those of Alertmanager.
 */
export async function silenceAlerts(
  deps: SilenceAlertsDeps,
  input: SilenceAlertsInput,
): Promise<Result<SilenceReport>> {
  check(input)
  const {dryRun, environment, production, signal} = input
  const {runId, consent} = await enterAlertChange(deps, input, 'alerts silence')
  const plan = await planOf(deps, input, runId)
  const report = {plan, dryRun, refusal: null, silenceId: null}
  if (dryRun) return {verdict: 'ok', data: report}
  const asked = {act: 'Silence what matches', command: commandOf(input), showPlan: () => deps.showPlan(plan)}
  const question = {environment, production, ...asked}
  const answer = await askForConsent(deps.prompt, question, consent, signal)
  if (answer.kind === 'refused') return {verdict: 'refused', data: {...report, refusal: answer.refusal}}
  const {matchers, endsAt, createdBy, comment} = plan
  const startsAt = deps.clock.now().toISOString()
  const silenceId = await deps.alerts.silence({id: null, matchers, startsAt, endsAt, createdBy, comment})
  return {verdict: 'ok', data: {...report, silenceId}}
}
