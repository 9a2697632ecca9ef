import type {PromqlVersion} from '../../promql/functions.js'
import type {PromqlProblem} from '../../promql/promql-problem.js'
import type {TypeProblem} from '../../promql/type-problems.js'
import type {FileNote, FileProblem} from './file-problem.js'
import type {TemplateProblem} from './template-problem.js'

/** What keeps Prometheus from loading a file. */
export type LoadFault =
  | ({readonly rule: 'file'} & FileProblem)
  | ({readonly rule: 'promql'} & PromqlProblem)
  | {readonly rule: 'promql'; readonly what: 'pattern'; readonly pattern: string}
  | {readonly rule: 'promql'; readonly what: 'everything'}
  | ({readonly rule: 'template'} & TemplateProblem)
  | ({readonly rule: 'type'} & TypeProblem)
  | {readonly rule: 'unread'; readonly why: string}
  | {readonly rule: 'yaml'; readonly said: string}

/**
 * What a check found wrong with a rule. A new one is a row of `ALERT_CHECKS`, a member here, its check, and its words in
 * `render/words/en/lint/alerts.ts`, which do not compile without.
 */
export type AlertFault =
  | LoadFault
  /** `selector`: what may vanish. */
  | {readonly rule: 'absent'; readonly selector: string}
  /** Prometheus's own metadata says so. */
  | {readonly rule: 'counter'; readonly name: string}
  /** Its name alone says so; `isUntold`: Prometheus was asked, and has no type of it. */
  | {readonly rule: 'counter-name'; readonly name: string; readonly isUntold: boolean}
  | {readonly rule: 'description' | 'for' | 'severity' | 'summary'; readonly name: string}
  /** `first`: where it is defined already. */
  | {readonly rule: 'duplicate'; readonly name: string; readonly first: {readonly file: string; readonly line: number}}
  | {readonly rule: 'metric'; readonly name: string}
  | {readonly rule: 'note'; readonly what: FileNote}
  /** `type`: what it gives instead of a vector. */
  | {readonly rule: 'no-vector'; readonly type: 'range' | 'string'}
  /** What the promtool here says of a file in which nothing else was found. */
  | {readonly rule: 'promtool'; readonly version: string; readonly said: string}
  /** What would keep Prometheus from loading a file that the promtool here takes. */
  | {readonly rule: 'promtool-takes'; readonly version: string; readonly fault: LoadFault}
  | {readonly rule: 'ratio'}
  /** `near`: a runbook that may be for it. */
  | {readonly rule: 'runbook'; readonly name: string; readonly near: string | null}
  | {
      readonly rule: 'runbook-unknown'
      readonly name: string
      readonly near: string | null
      readonly known: readonly string[]
    }
  /** What stands for a colon. */
  | {readonly rule: 'subquery'; readonly letter: string}
  | {readonly rule: 'topk'; readonly name: string}
  /** What only `version` refuses. */
  | {readonly rule: 'version'; readonly version: PromqlVersion; readonly fault: LoadFault}
