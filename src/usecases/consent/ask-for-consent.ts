import {type Environment, environmentLabel} from '../../domain/environment.js'
import {consentFlags, decideChangeGate} from '../../domain/consent/change-gate.js'
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

/** Gets consent to a plan: given beforehand, or by asking. Errors: `interrupted` when the answer is Ctrl-C. */
export async function askForConsent(
  prompt: Prompt,
  question: ConsentQuestion,
  given: GivenConsent,
  signal: AbortSignal,
): Promise<ConsentAnswer> {
  const {environment, production, command, showPlan} = question
  const where = {environment, production}
  const gate = decideChangeGate({...given, ...where, attended: prompt.available})
  if (!given.inRun) await showPlan()
  if (gate.kind === 'open') return {kind: 'approved', how: gate.how}
  if (gate.kind === 'refuse') {
    const accept = shellCommand([...command, ...consentFlags(where)])
    return {kind: 'refused', refusal: {reason: gate.why, accept}}
  }
  const reason = await whyNot(prompt, question, gate.word, signal)
  return reason === null
    ? {kind: 'approved', how: gate.word === null ? 'asked' : 'typed'}
    : {kind: 'refused', refusal: {reason, accept: null}}
}
