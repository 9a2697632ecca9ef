import type {Style} from '../text/style.js'

interface Page {
  readonly channel: string
  readonly status: string
  readonly reason: string | null
}

/** `slack pending: Slack does not answer`. */
export function pageText({channel, status, reason}: Page, style: Style): string {
  return `${channel} ${status}${reason === null ? '' : `: ${style.times.sentence(reason)}`}`
}
