import type {StateVerdict} from './verdict.js'

/** A part of a screen that comes from one backend: read, not to be had (and why); not configured, or not asked for, and not counted. */
export type Section<T> =
  | {readonly kind: 'read'; readonly value: T; readonly verdict: StateVerdict}
  | {readonly kind: 'unknown'; readonly reason: string; readonly verdict: 'unknown'}
  | {readonly kind: 'notConfigured'}
  | {readonly kind: 'notAsked'}

export const NOT_CONFIGURED: Section<never> = {kind: 'notConfigured'}
/** It is about the whole, where parts were asked about. */
export const NOT_ASKED: Section<never> = {kind: 'notAsked'}

export function sectionVerdict(section: Section<unknown>): readonly StateVerdict[] {
  return 'verdict' in section ? [section.verdict] : []
}
