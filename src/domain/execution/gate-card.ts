import {environmentLabel} from '../environment.js'
import {openInputs} from '../runbook/inputs.js'
import {removesContainers} from '../runbook/removes-containers.js'
import {type Block, mitigationsOf} from '../runbook/runbook.js'
import {usedFileText} from './consent-ground.js'
import type {ConditionReading, RunEvent} from '../journal/events.js'
import {judgedBy} from './judged-by.js'
import type {RunPlan} from './plan.js'
import {maskedDocument} from '../text/shown-document.js'
import {shellCommand} from '../text/shell-command.js'
import {itemState, reduceRun} from './run-state.js'
import {leftOut} from './selection.js'

/** What a person is asked to agree to. Secrets are masked; nothing is cut. */
export interface GateCard {
  readonly id: string
  readonly role: Block['role']
  readonly language: Block['language']
  readonly environment: string
  /** `NAME=value` */
  readonly inputs: readonly string[]
  readonly prose: string
  readonly body: string
  /** Its attributes as written, without the braces. */
  readonly attributes: string
  /** What is held against what it answers, and the verify blocks that come after it. */
  readonly judged: readonly string[]
  /** The files that scripts may call, as they are now: `fix.sh sha256:…`. */
  readonly uses: readonly string[]
  readonly impact: readonly string[]
  /** The conditions of `resolved` that did not hold when last looked at; null when nobody has looked. */
  readonly unmet: readonly ConditionReading[] | null
  /** What comes when it does not help; null for what is no mitigation. */
  readonly next: string | null
  /** It was started before, and how that ended is not known. */
  readonly unknown: boolean
}

type Mask = (text: string) => string

function impactOf({runbook}: RunPlan, block: Block): readonly string[] {
  if (block.role === 'notify') return [`tells people: ${block.to ?? 'the default channel'}`]
  if (block.role === 'diagnose' || block.role === 'verify')
    return [`nothing, as its role says: ${block.role} only reads`]
  const {services} = runbook
  const where = services.length === 0 ? 'the runbook names no service' : `${services.join(', ')} (as the runbook says)`
  if (block.language !== 'sh') return [where]
  return [
    where,
    removesContainers(block.body)
      ? 'removes containers: their logs and state are kept as evidence before'
      : 'no command that is known to remove containers',
  ]
}

function nextOf(plan: RunPlan, events: readonly RunEvent[], block: Block): string | null {
  if (block.role !== 'mitigate') return null
  const state = reduceRun(events)
  const all = mitigationsOf(plan.runbook)
  const later = all.slice(all.findIndex(({id}) => id === block.id) + 1)
  const next = later.find(
    (one) => leftOut(plan.runbook, plan.selection, one) === null && itemState(state, one.id).ending === null,
  )
  const then = next === undefined ? 'nothing: this is the last mitigation' : `\`${next.id}\` comes next`
  return block.onFailure === 'stop' ? `${then}; if it fails, the run stops (on_failure=stop)` : then
}

function unmetOf(events: readonly RunEvent[], mask: Mask): GateCard['unmet'] {
  const look = events.findLast((event) => event.kind === 'look')
  if (look === undefined) return null
  return look.conditions.filter(({state}) => state !== 'true').map((reading) => maskedDocument(reading, mask))
}

/** Masked here rather than on the screen: a secret that is broken over two lines would not be found there. */
export function gateCard(plan: RunPlan, events: readonly RunEvent[], block: Block, mask: Mask): GateCard {
  const {runbook, inputs, consent} = plan
  const shown = Object.entries(openInputs(inputs)).map(([name, value]) => mask(shellCommand([`${name}=${value}`])))
  const step = runbook.steps.find(({items}) => items.some(({id}) => id === block.id))
  return {
    id: block.id,
    role: block.role,
    language: block.language,
    environment: environmentLabel(consent),
    inputs: [...shown, ...inputs.secrets.map((name) => `${name}=(secret)`)],
    prose: mask(step?.prose ?? ''),
    body: mask(block.body),
    attributes: mask(block.attributes),
    judged: judgedBy(plan, block).map(mask),
    uses: plan.ground.uses.map(usedFileText),
    impact: impactOf(plan, block),
    unmet: unmetOf(events, mask),
    next: nextOf(plan, events, block),
    unknown: itemState(reduceRun(events), block.id).unknown,
  }
}
