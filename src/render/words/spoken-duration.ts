import {formatDuration} from '../../domain/time/duration.js'

/** As a person would say it: `7.5 s`, `42 s`, `1m 30s`; with a decimal comma where it is one. */
export function spokenDuration(seconds: number, decimalMark: string): string {
  if (seconds >= 10 && Math.round(seconds) < 60) return `${String(Math.round(seconds))} s`
  if (seconds >= 10) return formatDuration(Math.round(seconds)).replaceAll(/(?<=[a-z])(?=\d)/g, ' ')
  return `${seconds.toFixed(1).replace('.', decimalMark)} s`
}
