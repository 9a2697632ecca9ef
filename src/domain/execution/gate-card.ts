import {openInputs, type ResolvedInputs} from '../runbook/inputs.js'
import type {MitigateBlock} from '../runbook/runbook.js'

/** What a person is asked to agree to: where, with which inputs, and the exact text. */
export function gateCard(block: MitigateBlock, inputs: ResolvedInputs, environment: string): string {
  const shown = Object.entries(openInputs(inputs)).map(([name, value]) => `${name}=${value}`)
  const hidden = inputs.secrets.map((name) => `${name}=(secret)`)
  const all = [...shown, ...hidden]
  return [
    '',
    `${block.id} · ${block.language} · environment ${environment}${all.length === 0 ? '' : ` · ${all.join(' ')}`}`,
    ...block.body
      .trimEnd()
      .split('\n')
      .map((line) => `  │ ${line}`),
    '',
  ].join('\n')
}
