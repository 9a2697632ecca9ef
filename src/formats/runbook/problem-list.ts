import type {RuleId} from '../../domain/runbook/lint/rules.js'
import type {Problem} from '../../domain/runbook/problem.js'
import {closest, didYouMean} from '../../domain/text/did-you-mean.js'

export interface Place {
  readonly line: number
  readonly column: number
}

/** Collects problems, so that all of them are told at once. */
export interface ProblemList {
  readonly add: (rule: RuleId, place: Place, message: string, suggestion?: string | null) => void
  /** In the order of the file. */
  readonly all: () => readonly Problem[]
}

const SHOWN_LENGTH = 60

export function createProblemList(): ProblemList {
  const problems: Problem[] = []
  return {
    add: (rule, {line, column}, message, suggestion = null) => {
      problems.push({rule, line, column, message, suggestion})
    },
    all: () => [...problems].sort((a, b) => a.line - b.line || a.column - b.column),
  }
}

/** A word as it can be shown in a message. */
export function quoted(word: string): string {
  const printable = word.replaceAll(/[^\P{C}\t]/gu, '�')
  return `\`${printable.length > SHOWN_LENGTH ? `${printable.slice(0, SHOWN_LENGTH)}…` : printable}\``
}

/** The candidate that was probably meant; else what there is. */
export function meant(word: string, candidates: readonly string[]): string {
  const near = closest(word.slice(0, SHOWN_LENGTH), candidates)
  return didYouMean(near, `use one of: ${candidates.join(', ')}`)
}
