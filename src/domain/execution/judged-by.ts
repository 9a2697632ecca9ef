import {type Block, type CommandBlock, itemsOf, type VerifyBlock} from '../runbook/runbook.js'
import type {RunPlan} from './plan.js'

const UNTOLD: Readonly<Record<CommandBlock['language'], string>> = {
  sh: 'exit code 0',
  http: 'expect 2xx',
  promql: 'no expectation: only shown',
}

function verified(block: VerifyBlock): string {
  const lines = block.body.trim().split('\n')
  const text = lines.length === 1 ? (lines[0] ?? '') : `${String(lines.length)} lines (see --dry-run)`
  return `verify \`${block.id}\` {${block.attributes}}: ${text}`
}

/** What is held against what a block answers, and what looks after it whether it helped. */
export function judgedBy({runbook}: Pick<RunPlan, 'runbook'>, block: Block): readonly string[] {
  if (block.role === 'notify') return []
  const own = block.expect === null ? UNTOLD[block.language] : `expect ${block.expect.text}`
  const later = itemsOf(runbook).filter((item): item is VerifyBlock => item.role === 'verify' && item.of === block.id)
  return [own, ...later.map(verified)]
}
