import {type ScreenTimes, screenTimes} from '../../domain/time/screen-times.js'

/** How text may look on the stream it goes to. Colour never carries meaning alone. */
export interface Style {
  /** Columns available. */
  readonly width: number
  /** Lines of the screen; null where there is none. */
  readonly rows: number | null
  /** A screen has an edge; a pipe has none, and nothing is broken for it. */
  readonly edge: boolean
  /** The one way from a time to text. */
  readonly times: ScreenTimes
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly warn: (text: string) => string
  readonly bad: (text: string) => string
  readonly accent: (text: string) => string
  /** A line that a CI server is to obey. */
  readonly command: (line: string) => string
}

const same = (text: string): string => text

export const PLAIN: Style = {
  width: 80,
  rows: null,
  edge: false,
  times: screenTimes('UTC'),
  bold: same,
  dim: same,
  good: same,
  warn: same,
  bad: same,
  accent: same,
  command: same,
}
