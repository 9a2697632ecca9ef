import {ACT_WORDS, type Verdict} from '../../domain/verdict.js'
import type {Style} from './style.js'

interface Look {
  readonly icon: string
  readonly tone: 'good' | 'warn' | 'bad' | 'dim'
  readonly word: string
}

const LOOKS: Readonly<Record<Verdict | 'noTarget', Look>> = {
  noTarget: {icon: '·', tone: 'dim', word: 'no target'},
  notJudged: {icon: '·', tone: 'dim', word: 'not judged'},
  healthy: {icon: '●', tone: 'good', word: 'healthy'},
  degraded: {icon: '▲', tone: 'warn', word: 'degraded'},
  down: {icon: '✖', tone: 'bad', word: 'down'},
  unknown: {icon: '?', tone: 'warn', word: 'unknown'},
  ok: {icon: '✔', tone: 'good', word: ACT_WORDS.ok},
  bad: {icon: '✖', tone: 'bad', word: ACT_WORDS.bad},
  refused: {icon: '⊘', tone: 'warn', word: ACT_WORDS.refused},
  invalid: {icon: '✖', tone: 'bad', word: 'invalid'},
  rolledBack: {icon: '↩', tone: 'warn', word: ACT_WORDS.rolledBack},
  rollbackFailed: {icon: '✖', tone: 'bad', word: ACT_WORDS.rollbackFailed},
  undelivered: {icon: '▲', tone: 'warn', word: ACT_WORDS.undelivered},
  interrupted: {icon: '■', tone: 'warn', word: ACT_WORDS.interrupted},
}

export function verdictIcon(verdict: Verdict | 'noTarget', style: Style): string {
  const {icon, tone} = LOOKS[verdict]
  return style[tone](icon)
}

/** Icon and word: the colour only repeats what they say. */
export function verdictText(verdict: Verdict, style: Style): string {
  const {icon, tone, word} = LOOKS[verdict]
  return style[tone](`${icon} ${word}`)
}
