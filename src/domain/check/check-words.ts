import type {CheckItem} from './check-report.js'

/** An item in words. */
export interface ItemText {
  readonly title: string
  /** What was found, in one line. */
  readonly summary: string
  /** What is wrong, a line each, with what to type next. */
  readonly details: readonly string[]
}

/** What a notice says of a check, in one language. */
export interface CheckWords {
  readonly item: (item: CheckItem) => ItemText
  /** Of the details, so many are left out. */
  readonly moreDetails: (count: number) => string
}
