import {command} from '../text/shell-command.js'
import type {OncallReport} from '../oncall/oncall-report.js'
import type {CheckItem} from './check-report.js'
import {item, wrong} from './daily-items.js'

/** Whether somebody is on call for the next day, wherever somebody has to be. */
export function oncallItem({at, now, nextGapAt: gap}: OncallReport): CheckItem {
  const well = {why: 'onCall', person: now?.person ?? null} as const
  if (gap === null) return item('oncall', well, [])
  const inSeconds = (Date.parse(gap) - Date.parse(at)) / 1000
  const identity = inSeconds === 0 ? 'now' : gap
  return item('oncall', well, [
    wrong({why: 'nobodyOnCall', inSeconds}, identity, {next: command`faci oncall schedule`}),
  ])
}
