import {blockHash} from '../runbook/block-hash.js'
import type {MitigateBlock} from '../runbook/runbook.js'
import {isStrict, PRODUCTION} from './gate.js'
import type {RunPlan} from './plan.js'

const PLAIN_WORD = /^[\w@%+=:,./-]+$/

/** One word of a shell command. */
function quoted(word: string): string {
  return PLAIN_WORD.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** The exact command that would have opened the gate of `refused`, without a terminal. */
export function acceptedCommand(
  plan: RunPlan,
  given: Readonly<Record<string, string>>,
  mitigations: readonly MitigateBlock[],
  refused: MitigateBlock,
): string {
  const {environment, yes, approved} = plan.consent
  const strict = isStrict(refused, environment)
  const approvals = mitigations.filter(({id}) => approved.has(id) || (strict && id === refused.id))
  const words = [
    'faci',
    'runbook',
    plan.runbook.name,
    ...Object.entries(given).flatMap(([name, value]) => ['--input', `${name}=${value}`]),
    ...(plan.force ? ['--force'] : []),
    ...(yes || !strict ? ['--yes'] : []),
    ...approvals.flatMap((block) => ['--approve', `${block.id}@${blockHash(block, plan.inputs, environment)}`]),
    ...(environment === PRODUCTION ? ['--confirm', environment] : []),
  ]
  return words.map(quoted).join(' ')
}
