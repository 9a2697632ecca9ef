import {linesOf} from '../../domain/text/visible.js'
import {createTwoFilesPatch} from 'diff'
import type {Style} from '../text/style.js'

function painted(line: string, style: Style): string {
  if (line.startsWith('+')) return style.good(line)
  if (line.startsWith('-')) return style.bad(line)
  return line.startsWith('@@') ? style.accent(line) : line
}

/** What has changed in a runbook since a run began, as a unified diff; the signs say it, the colours only repeat it. */
export function runbookDiff(
  {name, before, after}: {readonly name: string; readonly before: string | null; readonly after: string},
  style: Style,
): string {
  if (before === null) return `The run kept no copy of ${name}: what has changed cannot be shown.`
  const [was, is] = [before, after].map((source) => `${linesOf(source).join('\n')}\n`)
  const patch = createTwoFilesPatch(`${name}.md, as the run began`, `${name}.md, now`, was ?? '', is ?? '')
  return patch
    .split('\n')
    .filter((line) => !line.startsWith('====='))
    .map((line) => painted(line, style))
    .join('\n')
    .trimEnd()
}
