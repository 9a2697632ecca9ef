import {blockHash} from '../runbook/block-hash.js'
import type {MitigateBlock} from '../runbook/runbook.js'
import {shellCommand} from '../text/shell-command.js'
import {isStrict} from './gate.js'
import type {Selection} from './events.js'
import type {RunPlan} from './plan.js'

/** How the run was asked for. */
export interface AskedFor {
  /** The run that goes on; null: from the start. */
  readonly resumed: string | null
  /** Inputs that may be shown. */
  readonly inputs: Readonly<Record<string, string>>
}

function selectionFlags({only, skip, from}: Selection): readonly string[] {
  const each = (flag: string, ids: readonly string[]): readonly string[] => ids.flatMap((id) => [flag, id])
  return [...each('--only', only), ...each('--skip', skip), ...each('--from', from === null ? [] : [from])]
}

/** The same command again. */
function command(plan: RunPlan, {resumed, inputs}: AskedFor): readonly string[] {
  if (resumed !== null) return ['faci', 'runbook', 'resume', resumed]
  const given = Object.entries(inputs).flatMap(([name, value]) => ['--input', `${name}=${value}`])
  return ['faci', 'runbook', plan.runbook.name, ...given, ...selectionFlags(plan.selection)]
}

/** What was typed, as a plan shows it: without `--dry-run` and without secrets. */
export function typedCommand(plan: RunPlan, asked: AskedFor, mitigations: readonly MitigateBlock[]): string {
  const {environment, yes, approved, confirmed} = plan.consent
  const approvals = mitigations.filter(({id}) => approved.has(id))
  return shellCommand([
    ...command(plan, asked),
    ...(plan.mode === 'diagnose' ? ['--diagnose'] : []),
    ...(plan.force ? ['--force'] : []),
    ...(plan.step ? ['--step'] : []),
    ...(plan.rollback === 'ask' ? [] : ['--rollback', plan.rollback]),
    ...(yes ? ['--yes'] : []),
    ...approvals.flatMap((block) => ['--approve', `${block.id}@${blockHash(block, plan.inputs, environment)}`]),
    ...(confirmed ? ['--confirm', environment] : []),
  ])
}

/** The exact command that would have opened the gates of `refused`, without a terminal. */
export function acceptedCommand(
  plan: RunPlan,
  asked: AskedFor,
  mitigations: readonly MitigateBlock[],
  refused: readonly MitigateBlock[],
): string {
  const {environment, production, yes, approved} = plan.consent
  const strict = refused.filter((block) => isStrict(block, production)).map(({id}) => id)
  const approvals = mitigations.filter(({id}) => approved.has(id) || strict.includes(id))
  const words = [
    ...command(plan, asked),
    ...(plan.force ? ['--force'] : []),
    ...(plan.rollback === 'ask' ? [] : ['--rollback', plan.rollback]),
    ...(yes || strict.length < refused.length ? ['--yes'] : []),
    ...approvals.flatMap((block) => ['--approve', `${block.id}@${blockHash(block, plan.inputs, environment)}`]),
    ...(production ? ['--confirm', environment] : []),
  ]
  return shellCommand(words)
}
