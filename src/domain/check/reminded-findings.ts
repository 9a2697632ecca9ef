import type {CheckDetail, CheckItem} from './check-report.js'
import type {CheckFinding} from './finding.js'

function without(item: CheckItem, handles: readonly string[]): CheckItem | null {
  if (item.summary.why !== 'found') return item
  const isReminded = (finding: CheckFinding): boolean =>
    finding.why === 'updateOverdue' && handles.includes(finding.handle)
  const kept = ({finding}: CheckDetail): boolean => !isReminded(finding)
  const details = item.details.filter(kept)
  if (details.length === 0) return null
  const findings = item.summary.findings.filter((finding) => !isReminded(finding))
  const identities = item.identities.filter((_, index) => {
    const finding = item.summary.why === 'found' ? item.summary.findings[index] : undefined
    return finding === undefined || !isReminded(finding)
  })
  return {...item, summary: {why: 'found', findings}, details, identities}
}

/** What is left to be told of: overdue updates of these incidents have a reminder of their own. */
export function withoutReminded(items: readonly CheckItem[], handles: readonly string[]): readonly CheckItem[] {
  if (handles.length === 0) return items
  return items.map((item) => without(item, handles)).filter((item) => item !== null)
}
