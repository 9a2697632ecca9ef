import {type Environment, environmentLabel} from '../../domain/environment.js'
import {consentFlags, decideChangeGate} from '../../domain/stack/change-gate.js'
import type {ChangeRefusal} from '../../domain/stack/change-report.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import type {Prompt} from '../../ports/prompt.js'

export interface GivenConsent {
  /** `--yes`. */
  readonly yes: boolean
  /** `--confirm`. */
  readonly confirm: string | null
  /** Part of a run, whose block has been consented to. */
  readonly inRun: boolean
}

export interface ConsentQuestion extends Environment {
  /** What was typed, without consent. */
  readonly command: readonly string[]
  /** Shows what would be done to the person who is asked. */
  readonly showPlan: () => Promise<void>
}

export type ConsentAnswer =
  {readonly kind: 'approved'; readonly how: string} | {readonly kind: 'refused'; readonly refusal: ChangeRefusal}

async function isTyped(prompt: Prompt, where: Environment, signal: AbortSignal): Promise<boolean> {
  const {environment} = where
  const question = `This is ${environmentLabel(where)}. Type ${environment} to continue: `
  return (await prompt.ask(question, signal)) === environment
}

async function isChosen(prompt: Prompt, signal: AbortSignal): Promise<boolean> {
  const choices = [
    {key: 'y', label: 'yes'},
    {key: 'n', label: 'no'},
  ]
  return (await prompt.choose('Do it?', choices, 'n', signal)) === 'y'
}

/** Gets consent to a plan: given beforehand, or by asking. Errors: `interrupted` when the answer is Ctrl-C. */
export async function askForConsent(
  prompt: Prompt,
  {environment, production, command, showPlan}: ConsentQuestion,
  given: GivenConsent,
  signal: AbortSignal,
): Promise<ConsentAnswer> {
  const where = {environment, production}
  const gate = decideChangeGate({...given, ...where, attended: prompt.available})
  if (!given.inRun) await showPlan()
  if (gate.kind === 'open') return {kind: 'approved', how: gate.how}
  if (gate.kind === 'refuse') {
    const accept = shellCommand([...command, ...consentFlags(where)])
    return {kind: 'refused', refusal: {reason: gate.why, accept}}
  }
  const agreed = gate.typed ? await isTyped(prompt, where, signal) : await isChosen(prompt, signal)
  return agreed
    ? {kind: 'approved', how: gate.typed ? 'typed' : 'asked'}
    : {kind: 'refused', refusal: {reason: 'declined', accept: null}}
}
