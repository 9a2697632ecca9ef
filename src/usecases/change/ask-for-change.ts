import {changeAct} from '../../domain/change/change-act.js'
import {changeCommand} from '../../domain/change/change-plan.js'
import type {ChangePlan} from '../../domain/change/change-plan.js'
import type {Prompt} from '../../ports/prompt.js'
import {askForConsent, type ConsentAnswer, type GivenConsent} from '../consent/ask-for-consent.js'

export interface AskForChangeDeps {
  readonly prompt: Prompt
  /** Shows the plan to the person who is asked. */
  readonly showPlan: (plan: ChangePlan) => Promise<void>
}

/** Gets consent to a plan: given beforehand, or by asking. Errors: `interrupted` when the answer is Ctrl-C. */
export function askForChange(
  {prompt, showPlan}: AskForChangeDeps,
  plan: ChangePlan,
  given: GivenConsent,
  signal: AbortSignal,
): Promise<ConsentAnswer> {
  const {environment, production, change} = plan
  const asked = {act: changeAct(change), command: changeCommand(change), showPlan: () => showPlan(plan)}
  return askForConsent(prompt, {environment, production, ...asked}, given, signal)
}
