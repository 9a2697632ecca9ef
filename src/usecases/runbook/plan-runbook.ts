import {acceptedCommand, type AskedFor, typedCommand} from '../../domain/execution/accepted-command.js'
import type {RunEvent} from '../../domain/journal/events.js'
import type {RunPlan} from '../../domain/execution/plan.js'
import {decideGate} from '../../domain/consent/block-gate.js'
import {refusedGates} from '../../domain/execution/refused-gates.js'
import {rehearse} from '../../domain/execution/rehearse.js'
import {isRollbackUnsaid} from '../../domain/execution/rollback.js'
import {reduceRun} from '../../domain/execution/run-state.js'
import {plannedItems} from '../../domain/execution/run-report.js'
import type {RunbookPlan} from '../../domain/execution/runbook-plan.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {runbookHash} from '../../domain/runbook/runbook-hash.js'
import {openInputs} from '../../domain/runbook/inputs.js'
import {mitigationsOf, type Runbook} from '../../domain/runbook/runbook.js'
import {allOf} from '../../domain/condition-state.js'
import {closest, orMeant} from '../../domain/text/did-you-mean.js'
import type {Compose} from '../../ports/compose.js'
import {type LookDeps, lookAtConditions} from './look-at-resolved.js'
import {prepareRun} from './prepare-run.js'
import type {PrepareDeps, PrepareInput, RunPlace} from './run-context.js'

export interface PlanRunbookDeps extends PrepareDeps, LookDeps {
  readonly compose: Compose
}

function serviceProblems({services, file}: Runbook, known: readonly string[]): readonly string[] {
  const unknown = services.filter((service) => !known.includes(service))
  return unknown.map((service) => {
    return `${file}: the Compose file has no service \`${service}\`${orMeant(closest(service, known))}`
  })
}

async function warningsFor(compose: Compose, runbook: Runbook): Promise<readonly string[]> {
  try {
    const {services, profiled} = await compose.model()
    return serviceProblems(runbook, [...services, ...profiled])
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return [`the services could not be checked: ${error.message}`]
  }
}

/** A run that goes on looks first, as a new one does. */
function beginning(past: readonly RunEvent[]): readonly RunEvent[] {
  const last = past.at(-1)
  if (last === undefined) return []
  return [...past, {kind: 'run.resumed', operator: '', host: '', hash: '', elapsedSeconds: last.elapsedSeconds}]
}

/** Why the command would be refused, and the one that would not; null when a run of it could go through. */
function refusalOf(plan: RunPlan, asked: AskedFor, past: readonly RunEvent[]): RunbookPlan['refusal'] {
  const mitigations = mitigationsOf(plan.runbook)
  if (isRollbackUnsaid(plan)) {
    return {reason: {why: 'rollbackUnsaid'}, accept: `${typedCommand(plan, asked, mitigations)} --rollback always`}
  }
  const refused = refusedGates(plan, reduceRun(past))
  const [first] = refused
  const decision = first === undefined ? null : decideGate(first, plan.consent)
  if (decision?.kind !== 'refuse') return null
  return {reason: decision.reason, accept: acceptedCommand(plan, asked, mitigations, refused)}
}

/** Changes nothing, asks nobody; spawns only `bash -n` and `compose config`. Errors as those of preparing a run. */
export async function planRunbook(deps: PlanRunbookDeps, input: PrepareInput): Promise<Result<RunbookPlan>> {
  const plan = await prepareRun(deps, input)
  const inputs = Object.entries(input.inputs).filter(([name]) => !plan.inputs.secrets.includes(name))
  return describePlan(deps, plan, {place: input.place, asked: {resumed: null, inputs: Object.fromEntries(inputs)}}, [])
}

/** Where, and as what, a plan was asked for. */
export interface PlanOccasion {
  readonly place: RunPlace
  readonly asked: AskedFor
}

/** A plan as it can be shown: each gate as it would be decided, `resolved` as it is, and what became of each item before. */
export async function describePlan(
  deps: PlanRunbookDeps,
  plan: RunPlan,
  {place, asked}: PlanOccasion,
  past: readonly RunEvent[],
): Promise<Result<RunbookPlan>> {
  const {runbook, inputs, consent} = plan
  const gates = new Map(mitigationsOf(runbook).map((block) => [block.id, decideGate(block, consent)]))
  const [conditions, warnings] = await Promise.all([
    lookAtConditions(deps, {
      conditions: runbook.resolved?.conditions ?? [],
      endpoints: place.endpoints,
      values: inputs.values,
    }),
    warningsFor(deps.compose, runbook),
  ])
  const begun = beginning(past)
  const seen = {state: allOf(conditions.map(({state}) => state)), conditions}
  const {skipped, nothing} = rehearse(plan, begun, seen)
  return {
    verdict: 'ok',
    data: {
      runbook: runbook.name,
      title: runbook.title,
      hash: runbookHash(runbook.source),
      environment: place.environment,
      production: place.production,
      project: place.project,
      inputs: openInputs(inputs),
      secretInputs: inputs.secrets,
      uses: plan.ground.uses,
      command: typedCommand(plan, asked, mitigationsOf(runbook)),
      items: plannedItems(plan, (id) => gates.get(id) ?? null, past, skipped),
      conditions,
      nothing,
      refusal: nothing === null ? refusalOf(plan, asked, begun) : null,
    },
    warnings,
  }
}
