import {openInputs} from '../runbook/inputs.js'
import {type Block, itemsOf} from '../runbook/runbook.js'
import {shortDigest} from '../text/digest.js'
import {compareText} from '../text/compare-text.js'
import type {RunPlan} from './plan.js'

export const ENGINE_UNKNOWN = 'the Docker engine does not tell its id'

/** What was approved with another version of this list was approved for something else. */
const VERSION = 'faci.consent/2'

function sorted(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return pairs.toSorted(([a], [b]) => compareText(a, b))
}

/** Everything of the runbook that runs: unasked before the block, the block, its rollback. Wherever it stands in the file. */
function executed({runbook}: Pick<RunPlan, 'runbook'>): readonly unknown[] {
  return itemsOf(runbook).map((item) =>
    item.role === 'task' ? [] : [item.id, item.language, item.role, item.attributes, item.body],
  )
}

/**
 * What consent to a block is bound to: the runbook, and what it runs before and after the block, the inputs (secret ones by name only, for a hash would be
 * something to try guesses on), the files it uses, service, Compose project, engine and environment. null when the engine is not known.
 */
export function consentHash(
  {runbook, inputs, consent, ground}: Pick<RunPlan, 'runbook' | 'inputs' | 'consent' | 'ground'>,
  block: Pick<Block, 'id'>,
): string | null {
  const {service, project, engineId, uses} = ground
  if (engineId === null) return null
  return shortDigest([
    VERSION,
    [runbook.name, runbook.source, executed({runbook})],
    block.id,
    [sorted(Object.entries(openInputs(inputs))), inputs.secrets.toSorted(compareText)],
    sorted(uses.map(({file, digest}) => [file, digest])),
    [service, project, engineId],
    [consent.environment, consent.production],
  ])
}

/** Of consent given before 29 November 2026: 48 bits, for which somebody could make another block. */
const EARLIER_HASH = /^[0-9a-f]{12}$/

/** Why an approval is not one of this block as it is now. */
export function whyNotApproved(given: string, now: string | null): string {
  if (now === null) return `${ENGINE_UNKNOWN}, and an approval is for one engine`
  if (EARLIER_HASH.test(given)) return 'a hash of 12 characters can be forged and is no longer taken'
  return 'the runbook, a file it uses, its inputs, the service, project, engine or environment are not what was approved'
}
