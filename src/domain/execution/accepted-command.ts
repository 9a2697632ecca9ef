import type {MitigateBlock} from '../runbook/runbook.js'
import {shellCommand} from '../text/shell-command.js'
import {consentHash} from './consent-hash.js'
import {isStrict} from '../consent/block-gate.js'
import type {Selection} from '../journal/events.js'
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

/** null when one of them cannot be approved beforehand. */
function approvalFlags(plan: RunPlan, blocks: readonly MitigateBlock[]): readonly string[] | null {
  const hashes = blocks.map((block) => ({id: block.id, hash: consentHash(plan, block)}))
  if (hashes.some(({hash}) => hash === null)) return null
  return hashes.flatMap(({id, hash}) => ['--approve', `${id}@${hash ?? ''}`])
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
    ...(approvalFlags(plan, approvals) ?? []),
    ...(confirmed ? ['--confirm', environment] : []),
  ])
}

/** The exact command that would have opened the gates of `refused`, without a terminal; null when no command would. */
export function acceptedCommand(
  plan: RunPlan,
  asked: AskedFor,
  mitigations: readonly MitigateBlock[],
  refused: readonly MitigateBlock[],
): string | null {
  const {environment, production, yes, approved: before} = plan.consent
  const strict = refused.filter((block) => isStrict(block, production)).map(({id}) => id)
  const approvals = mitigations.filter(({id}) => before.has(id) || strict.includes(id))
  const approved = approvalFlags(plan, approvals)
  if (approved === null) return null
  const words = [
    ...command(plan, asked),
    ...(plan.force ? ['--force'] : []),
    ...(plan.rollback === 'ask' ? [] : ['--rollback', plan.rollback]),
    ...(yes || strict.length < refused.length ? ['--yes'] : []),
    ...approved,
    ...(production ? ['--confirm', environment] : []),
  ]
  return shellCommand(words)
}
