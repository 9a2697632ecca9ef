import type {StateVerdict} from '../verdict.js'

/** A part of a screen that comes from one backend: read, not to be had (and why), or not configured and not counted. */
export type Section<T> =
  | {readonly kind: 'read'; readonly value: T; readonly verdict: StateVerdict}
  | {readonly kind: 'unknown'; readonly reason: string; readonly verdict: 'unknown'}
  | {readonly kind: 'notConfigured'}

export const NOT_CONFIGURED: Section<never> = {kind: 'notConfigured'}

export function sectionVerdict(section: Section<unknown>): readonly StateVerdict[] {
  return section.kind === 'notConfigured' ? [] : [section.verdict]
}
