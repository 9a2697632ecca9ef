import type {Action} from '../../domain/execution/action.js'
import {consentHash} from '../../domain/execution/consent-hash.js'
import type {GateAnswer} from '../../domain/journal/events.js'
import type {RunPlan} from '../../domain/execution/plan.js'
import {gateCard} from '../../domain/execution/gate-card.js'
import type {Reason} from '../../domain/journal/reason.js'
import {isApproval, TYPED} from '../../domain/consent/block-gate.js'
import {FaciError} from '../../domain/errors.js'
import {askForWord} from '../consent/ask-for-word.js'
import {usedFiles} from './consent-ground.js'
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

interface Answered {
  readonly answer: GateAnswer
  readonly how: Reason
}

/** Only the word is a yes. What is neither it, skip nor quit, twice, ends the run as a refusal does. */
async function typed({deps, action}: RunContext, card: string, id: string, word: string): Promise<Answered> {
  const question = `Type ${word} to run it, or skip, or quit: `
  const asked = {word, card: `${card}\n`, question, others: ['skip', 'quit']}
  const answer = await askForWord(deps.prompt, asked, action.signal)
  if (answer === word) return {answer: 'yes', how: TYPED}
  if (answer === null) return {answer: 'refused', how: {why: 'notTyped', word, id}}
  return {answer: ANSWERS[answer] ?? 'quit', how: TYPED}
}

/** What was looked at when the run began may have been changed since, by a block of it too. */
async function groundNow({deps, plan, input}: RunContext): Promise<RunPlan> {
  const uses = await usedFiles(deps, plan.runbook, input.place.directory)
  return {...plan, ground: {...plan.ground, uses}}
}

/** A file of `uses` that was readable when the run began is not now, hides something, or is a stranger's: nobody could agree to that. */
function whyInvalid(error: unknown): {readonly answer: 'refused'; readonly how: Reason} {
  if (error instanceof FaciError && (error.code === 'runbookInvalid' || error.code === 'refused'))
    return {answer: 'refused', how: {why: 'error', text: error.message}}
  throw error
}

/** A yes is to what was shown, and that may have been changed while a person read it. */
async function ifStillThat(
  context: RunContext,
  block: Of<'gate'>['block'],
  shown: string,
  answered: Answered,
): Promise<Answered> {
  if (answered.answer !== 'yes') return answered
  const now = await groundNow(context).catch(whyInvalid)
  if ('answer' in now) return now
  return (consentHash(now, block) ?? '') === shown ? answered : {answer: 'refused', how: {why: 'usesChangedMeanwhile'}}
}

/** A gate: consent given beforehand, a person's answer, or no. */
export async function performGate(context: RunContext, {block, decision}: Of<'gate'>): Promise<void> {
  const {deps, plan, recorder} = context
  const {id} = block
  const now = await groundNow(context).catch(whyInvalid)
  if ('answer' in now) return recorder.record({kind: 'gate.answered', id, hash: '', ...now}, true)
  // Empty where the engine is not known.
  const hash = consentHash(now, block) ?? ''
  if (decision.kind === 'open' && isApproval(decision.how) && hash !== consentHash(plan, block))
    return recorder.record({kind: 'gate.answered', id, hash, answer: 'refused', how: {why: 'usesChanged'}}, true)
  if (decision.kind === 'open')
    return recorder.record({kind: 'gate.answered', id, hash, answer: 'yes', how: decision.how}, true)
  if (decision.kind === 'refuse')
    return recorder.record({kind: 'gate.answered', id, hash, answer: 'refused', how: decision.reason}, true)
  await deps.progress.pause()
  await recorder.record({kind: 'gate.asked', id, hash})
  const card = deps.drawGate(gateCard(now, recorder.events(), block, deps.masker.mask))
  const {word} = decision
  const answered =
    word === null ? {answer: await chosen(context, card), how: TYPED} : await typed(context, card, id, word)
  const still = await ifStillThat(context, block, hash, answered)
  return recorder.record({kind: 'gate.answered', id, hash, ...still}, true)
}
