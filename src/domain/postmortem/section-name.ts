/** What faci writes of a post-mortem, in this order; all else is people's. */
export const SECTIONS = ['summary', 'impact', 'signals', 'timeline', 'done', 'detection', 'actions'] as const
export type SectionName = (typeof SECTIONS)[number]

/** Why a section was not written: its markers are not one pair that stands alone. */
export type SectionFault = 'missing' | 'doubled' | 'unclosed' | 'nested'

/** `edited`: a person changed what faci wrote, so it stays as it is. */
export type SectionOutcome = 'written' | 'same' | 'edited' | SectionFault

const FAULTS: ReadonlySet<SectionOutcome> = new Set<SectionFault>(['missing', 'doubled', 'unclosed', 'nested'])

export function isFault(outcome: SectionOutcome): outcome is SectionFault {
  return FAULTS.has(outcome)
}
