import {type Environment, environmentLabel} from '../environment.js'
import {openInputs, type ResolvedInputs} from '../runbook/inputs.js'
import type {MitigateBlock, RollbackBlock} from '../runbook/runbook.js'

/** What a person is asked to agree to: where, with which inputs, and the exact text. */
export function gateCard(
  block: MitigateBlock | RollbackBlock,
  inputs: ResolvedInputs,
  where: Environment,
  unknown = false,
): string {
  const shown = Object.entries(openInputs(inputs)).map(([name, value]) => `${name}=${value}`)
  const hidden = inputs.secrets.map((name) => `${name}=(secret)`)
  const all = [...shown, ...hidden]
  return [
    '',
    `${block.id} · ${block.language} · environment ${environmentLabel(where)}${all.length === 0 ? '' : ` · ${all.join(' ')}`}`,
    ...block.body
      .trimEnd()
      .split('\n')
      .map((line) => `  │ ${line}`),
    ...(unknown ? ['  ! it was started before, and how that ended is not known: look first'] : []),
    '',
  ].join('\n')
}
