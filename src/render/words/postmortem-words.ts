import type {CannotDetect, CannotReplay} from '../../domain/impact/detection-replay.js'
import type {MissingWhy} from '../../domain/impact/measurement.js'
import type {FigureNote, FiguresFrom} from '../../domain/postmortem/postmortem-report.js'
import type {SectionName} from '../../domain/postmortem/section-name.js'
import type {BusinessSignalName, GoldenSignalName} from '../../domain/signals/signal.js'
import type {WordsFor} from './worded.js'

export type ChartName = 'latency' | 'traffic' | 'errors' | 'cpu' | 'memory'

/** What only people can say. */
export type QuestionName = 'factors' | 'hard' | 'lucky'

/** What a post-mortem says, in one language. Times and figures are given as text. */
export interface PostmortemWords {
  /** BCP 47. */
  readonly locale: string
  readonly title: (handle: string, title: string) => string
  readonly headings: Readonly<Record<SectionName, string>>
  readonly draft: string
  readonly redacted: string
  readonly person: (letter: string) => string
  readonly facts: Readonly<
    Record<
      | 'incident'
      | 'state'
      | 'severity'
      | 'services'
      | 'alerts'
      | 'impact'
      | 'owner'
      | 'commander'
      | 'scribe'
      | 'lasted',
      string
    >
  >
  readonly unknown: string
  readonly afterStart: (duration: string) => string
  readonly afterDetection: (duration: string) => string
  readonly figuresFrom: Readonly<Record<FiguresFrom, (takenAt: string) => string>>
  readonly window: (start: string, end: string, method: string) => string
  readonly measuredBefore: (times: string) => string
  readonly notes: WordsFor<FigureNote>
  readonly unreliable: (warning: string) => string
  /** Behind the name of somebody who is only said to have been there. */
  readonly unverified: string
  readonly columns: Readonly<
    Record<'what' | 'figure' | 'coverage' | 'when' | 'by' | 'record' | 'rule' | 'asItIs' | 'sooner' | 'alarms', string>
  >
  readonly downtime: string
  readonly requests: string
  readonly failedOf: (failed: string, total: string, share: string) => string
  readonly budget: (objective: string, target: string, window: string) => string
  readonly spent: (share: string) => string
  /** Little is known of the whole window: its budget may be larger. */
  readonly spentAtMost: (share: string) => string
  readonly spentUnknown: string
  readonly ofWindow: (share: string, window: string) => string
  readonly weekBefore: (value: string, change: string | null) => string
  readonly noWeekBefore: string
  readonly missing: Readonly<Record<MissingWhy, string>>
  readonly noBusiness: string
  readonly queries: string
  readonly signals: Readonly<Record<BusinessSignalName | GoldenSignalName, string>>
  readonly charts: Readonly<Record<ChartName, string>>
  readonly chartsIn: string
  readonly chartDescription: (series: string, from: string, to: string, events: number) => string
  readonly chartUntil: (until: string) => string
  readonly noChart: string
  readonly duringIncident: string
  readonly events: string
  readonly time: string
  readonly enteredLater: (at: string) => string
  readonly nothingRun: string
  readonly detection: {
    readonly cannotDetect: Readonly<Record<CannotDetect, string>>
    readonly cannotReplay: Readonly<Record<CannotReplay, string>>
    readonly intro: (from: string, detected: string, step: string) => string
    readonly covered: (duration: string) => string
    readonly coverageUnknown: string
    readonly firesAt: (at: string) => string
    readonly silent: string
    readonly notSooner: string
    /** `wait` null: none. */
    readonly trial: (condition: string, wait: string | null, sooner: string) => string
    readonly alarms: (count: string) => string
    readonly notCounted: string
    readonly left: (count: string) => string
    readonly cannotSay: string
  }
  readonly noActions: string
  readonly dropped: string
  readonly due: (day: string) => string
  readonly questions: Readonly<Record<QuestionName, {readonly heading: string; readonly prompt: string}>>
}
