import {changeCommand} from '../../domain/stack/change-plan.js'
import type {ChangePlan} from '../../domain/stack/change-plan.js'
import {consentFlags, decideChangeGate} from '../../domain/stack/change-gate.js'
import type {ChangeRefusal} from '../../domain/stack/change-report.js'
import type {Prompt} from '../../ports/prompt.js'

export interface AskForChangeDeps {
  readonly prompt: Prompt
  /** Shows the plan to the person who is asked. */
  readonly showPlan: (plan: ChangePlan) => Promise<void>
}

export interface GivenConsent {
  readonly yes: boolean
  readonly confirm: string | null
  readonly inRun: boolean
}

export type ChangeAnswer =
  {readonly kind: 'approved'; readonly how: string} | {readonly kind: 'refused'; readonly refusal: ChangeRefusal}

function acceptedCommand({change, environment}: ChangePlan): string {
  return [...changeCommand(change), ...consentFlags(environment)].join(' ')
}

async function isTyped(prompt: Prompt, environment: string, signal: AbortSignal): Promise<boolean> {
  return (await prompt.ask(`This is ${environment}. Type its name to go on: `, signal)) === environment
}

async function isChosen(prompt: Prompt, signal: AbortSignal): Promise<boolean> {
  const choices = [
    {key: 'y', label: 'yes'},
    {key: 'n', label: 'no'},
  ]
  return (await prompt.choose('Do it?', choices, 'n', signal)) === 'y'
}

/** Gets consent to a plan: given beforehand, or by asking. Errors: `interrupted` when the answer is Ctrl-C. */
export async function askForChange(
  {prompt, showPlan}: AskForChangeDeps,
  plan: ChangePlan,
  given: GivenConsent,
  signal: AbortSignal,
): Promise<ChangeAnswer> {
  const {environment} = plan
  const gate = decideChangeGate({...given, environment, attended: prompt.available})
  if (!given.inRun) await showPlan(plan)
  if (gate.kind === 'open') return {kind: 'approved', how: gate.how}
  if (gate.kind === 'refuse') return {kind: 'refused', refusal: {reason: gate.why, accept: acceptedCommand(plan)}}
  const agreed = gate.typed ? await isTyped(prompt, environment, signal) : await isChosen(prompt, signal)
  return agreed
    ? {kind: 'approved', how: gate.typed ? 'typed' : 'asked'}
    : {kind: 'refused', refusal: {reason: 'declined', accept: null}}
}
