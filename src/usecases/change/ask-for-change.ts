import {changeAct} from '../../domain/change/change-act.js'
import {changeCommand} from '../../domain/change/change-plan.js'
import {configurationApproval} from '../../domain/change/configuration-difference.js'
import type {ChangePlan} from '../../domain/change/change-plan.js'
import type {Prompt} from '../../ports/prompt.js'
import {askForConsent, type ConsentAnswer, type GivenConsent} from '../consent/ask-for-consent.js'

export interface AskForChangeDeps {
  readonly prompt: Prompt
  /** Shows the plan to the person who is asked. */
  readonly showPlan: (plan: ChangePlan) => Promise<void>
}

const QUESTION = 'This makes another configuration than the one that runs.'

export interface GivenChangeConsent extends Omit<GivenConsent, 'own'> {
  /** `--approve`. */
  readonly approve: string | null
}

/** Gets consent to a plan: given beforehand, or by asking. Errors: `interrupted` when the answer is Ctrl-C. */
export function askForChange(
  {prompt, showPlan}: AskForChangeDeps,
  plan: ChangePlan,
  {approve, ...given}: GivenChangeConsent,
  signal: AbortSignal,
): Promise<ConsentAnswer> {
  const {environment, production, change} = plan
  const asked = {act: changeAct(change), command: changeCommand(change), showPlan: () => showPlan(plan)}
  const approval = configurationApproval(plan)
  const own = approval === null ? null : {approval, given: approve, question: QUESTION}
  const whole = {...given, own}
  return askForConsent(prompt, {environment, production, ...asked}, whole, signal)
}
