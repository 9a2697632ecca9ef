import type {Cause} from '../../domain/status/cause.js'
import {nextStep} from '../text/next-step.js'
import type {Style} from '../text/style.js'
import {verdictIcon} from '../text/verdict.js'
import {wrap} from '../text/wrap.js'
import {causeText} from '../words/en/causes.js'

/** So many stand beside a verdict; the rest is counted. */
const SHOWN = 4

/** What a verdict comes from, the worst first, each with what to type; within the screen, indented. */
export function causeLines(causes: readonly Cause[], style: Style): readonly string[] {
  const lines = causes.slice(0, SHOWN).flatMap(({reason, verdict, next}) => {
    const command = next === null ? '' : nextStep(next, style)
    const [first = '', ...rest] = wrap(
      `${style.times.sentence(causeText(reason))}${command}`,
      style.edge ? style.width - 4 : Infinity,
    )
    return [`  ${verdictIcon(verdict, style)} ${first}`, ...rest.map((line) => `    ${line}`)]
  })
  const more = causes.length - SHOWN
  return more > 0 ? [...lines, style.dim(`    … and ${more} more`)] : lines
}
