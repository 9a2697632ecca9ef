import {type Environment, environmentLabel} from '../../domain/environment.js'
import {consentFlags, decideChangeGate, decideOwnGate, type OwnConsent} from '../../domain/consent/change-gate.js'
import type {Refusal} from '../../domain/consent/refusal.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import type {Prompt} from '../../ports/prompt.js'
import {askForWord} from './ask-for-word.js'

export interface GivenConsent {
  /** `--yes`. */
  readonly yes: boolean
  /** `--confirm`. */
  readonly confirm: string | null
  /** Part of a run, whose block has been consented to. */
  readonly inRun: boolean
  /** Beside the yes to the whole. */
  readonly own?: (OwnConsent & {readonly question: string}) | null
}

export interface ConsentQuestion extends Environment {
  /** What would be done, as it is asked: `Restart api`. */
  readonly act: string
  /** What was typed, without consent. */
  readonly command: readonly string[]
  /** Shows what would be done to the person who is asked. */
  readonly showPlan: () => Promise<void>
}

export type ConsentAnswer =
  {readonly kind: 'approved'; readonly how: string} | {readonly kind: 'refused'; readonly refusal: Refusal}

const CHOICES = [
  {key: 'y', label: 'yes'},
  {key: 'n', label: 'no'},
] as const

/** null when the person agrees. */
async function whyNot(
  prompt: Prompt,
  question: ConsentQuestion,
  word: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const what = `${question.act} in ${environmentLabel(question)}?`
  if (word === null) return (await prompt.choose(what, CHOICES, 'n', signal)) === 'y' ? null : 'declined'
  const typed = await askForWord(prompt, {word, question: `${what} Type ${word} to continue: `}, signal)
  return typed === word ? null : `${word} was not typed`
}

type Approval = {readonly kind: 'approved'; readonly how: string} | {readonly kind: 'refused'; readonly reason: string}

async function askForOwn(
  prompt: Prompt,
  {own = null, inRun}: GivenConsent,
  signal: AbortSignal,
): Promise<Approval | null> {
  if (own === null) return null
  const gate = decideOwnGate(own, {attended: prompt.available, inRun})
  if (gate.kind === 'open') return {kind: 'approved', how: gate.how}
  if (gate.kind === 'refuse') return {kind: 'refused', reason: gate.why}
  const word = gate.word ?? own.approval
  const typed = await askForWord(prompt, {word, question: `${own.question} Type ${word} to continue: `}, signal)
  return typed === word ? {kind: 'approved', how: `typed ${word}`} : {kind: 'refused', reason: `${word} was not typed`}
}

/** The command that would be accepted without asking anybody. */
function accepted({command, environment, production}: ConsentQuestion, {own = null}: GivenConsent): string {
  const approval = own === null ? [] : ['--approve', own.approval]
  return shellCommand([...command, ...consentFlags({environment, production}), ...approval])
}

async function askForWhole(
  prompt: Prompt,
  question: ConsentQuestion,
  given: GivenConsent,
  signal: AbortSignal,
): Promise<ConsentAnswer> {
  const {environment, production} = question
  const gate = decideChangeGate({...given, environment, production, attended: prompt.available})
  if (gate.kind === 'open') return {kind: 'approved', how: gate.how}
  if (gate.kind === 'refuse') return {kind: 'refused', refusal: {reason: gate.why, accept: accepted(question, given)}}
  const reason = await whyNot(prompt, question, gate.word, signal)
  return reason === null
    ? {kind: 'approved', how: gate.word === null ? 'asked' : 'typed'}
    : {kind: 'refused', refusal: {reason, accept: null}}
}

/** Gets consent to a plan: given beforehand, or by asking. Errors: `interrupted` when the answer is Ctrl-C. */
export async function askForConsent(
  prompt: Prompt,
  question: ConsentQuestion,
  given: GivenConsent,
  signal: AbortSignal,
): Promise<ConsentAnswer> {
  if (!given.inRun) await question.showPlan()
  const whole = await askForWhole(prompt, question, given, signal)
  if (whole.kind === 'refused') return whole
  const own = await askForOwn(prompt, given, signal)
  if (own?.kind !== 'refused') return own === null ? whole : {kind: 'approved', how: `${whole.how}, ${own.how}`}
  const accept = prompt.available && !given.inRun ? null : accepted(question, given)
  return {kind: 'refused', refusal: {reason: own.reason, accept}}
}
