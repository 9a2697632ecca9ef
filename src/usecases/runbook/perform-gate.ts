import type {Action} from '../../domain/execution/action.js'
import type {GateAnswer} from '../../domain/execution/events.js'
import {gateCard} from '../../domain/execution/gate-card.js'
import {TYPED} from '../../domain/execution/gate.js'
import {itemState, reduceRun} from '../../domain/execution/run-state.js'
import {blockHash} from '../../domain/runbook/block-hash.js'
import type {RunContext} from './run-context.js'

type Of<K extends Action['kind']> = Extract<Action, {kind: K}>

const CHOICES = [
  {key: 'y', label: 'yes'},
  {key: 's', label: 'skip'},
  {key: 'q', label: 'quit'},
] as const

const ANSWERS: Readonly<Record<string, GateAnswer>> = {y: 'yes', s: 'skip', q: 'quit', skip: 'skip', quit: 'quit'}

async function chosen({deps, action}: RunContext, card: string): Promise<GateAnswer> {
  return ANSWERS[await deps.prompt.choose(`${card}\nRun it?`, CHOICES, undefined, action.signal)] ?? 'quit'
}

/** Only the environment's name is a yes; anything that is neither it, skip nor quit is asked again. */
async function typed({deps, action}: RunContext, card: string, environment: string): Promise<GateAnswer> {
  for (let question = `${card}\nType ${environment} to run it, or skip, or quit: `; ; question = 'Type it again: ') {
    const answer = await deps.prompt.ask(question, action.signal)
    if (answer === environment) return 'yes'
    const other = ANSWERS[answer.toLowerCase()]
    if (other !== undefined && other !== 'yes') return other
  }
}

/** A gate: consent given beforehand, a person's answer, or no. */
export async function performGate(context: RunContext, {block, decision}: Of<'gate'>): Promise<void> {
  const {deps, plan, recorder} = context
  const {environment} = plan.consent
  const {id} = block
  const hash = blockHash(block, plan.inputs, environment)
  if (decision.kind === 'open')
    return recorder.record({kind: 'gate.answered', id, hash, answer: 'yes', how: decision.how}, true)
  if (decision.kind === 'refuse')
    return recorder.record({kind: 'gate.answered', id, hash, answer: 'refused', how: decision.why}, true)
  await deps.progress.pause()
  await recorder.record({kind: 'gate.asked', id, hash})
  const {unknown} = itemState(reduceRun(recorder.events()), id)
  const card = deps.masker.mask(gateCard(block, plan.inputs, plan.consent, unknown))
  const answer = await (decision.typed ? typed(context, card, environment) : chosen(context, card))
  return recorder.record({kind: 'gate.answered', id, hash, answer, how: TYPED}, true)
}
