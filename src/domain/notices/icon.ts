import type {Notice} from './notice.js'

const BY_SEVERITY = {critical: '🔴', warning: '🟠', info: '🔵'} as const

/** One sign for how it stands; the words beside it say the same. */
export function noticeIcon({state, severity}: Pick<Notice, 'state' | 'severity'>): string {
  if (state === 'resolved') return '✅'
  if (state === 'unresolved' || state === 'attention') return '❌'
  if (state === 'unknown') return '❔'
  if (state === 'update') return '🔄'
  return BY_SEVERITY[severity]
}
