import type {Confirm} from '../consent/block-gate.js'
import type {NoticeSeverity} from '../notices/notice.js'
import type {LanguageFor} from './block-languages.js'
import type {Expectation} from './expectation.js'
import type {RunbookPlaces} from './places.js'
import type {PromqlPlaceholder} from './promql-template.js'

/** Where a value comes from when nobody gives it: `env:NAME` or `file:/path`. */
export interface ValueSource {
  readonly from: 'env' | 'file'
  readonly name: string
}

/** The `pattern` of an input that is itself a regular expression. */
const EXPRESSION = 'regex'

export interface InputDeclaration {
  readonly name: string
  readonly default: string | null
  /** The only values allowed; null: any. */
  readonly oneOf: readonly string[] | null
  /** What all of a value must match, in RE2's syntax; `regex`: the value is itself one, as `=~` takes it; null: any. */
  readonly pattern: string | null
  /** Whether an alert's label, else its annotation, of this name may fill it. */
  readonly fromAlert: boolean
  readonly secret: boolean
  readonly source: ValueSource | null
}

/** Whether an input's value is a regular expression, which `=~` takes as it is. */
export function isExpression({pattern}: InputDeclaration): boolean {
  return pattern === EXPRESSION
}

export type Condition =
  /** An entry of faci.yml's `health:` answers as healthy. */
  | {readonly kind: 'health'; readonly name: string}
  | {readonly kind: 'http'; readonly url: string; readonly expect: Expectation}
  | {
      readonly kind: 'promql'
      readonly expression: string
      readonly placeholders: readonly PromqlPlaceholder[]
      readonly expect: Expectation
    }

/** How long a condition is waited for, how long it must then stay true, and how often it is looked at. */
export interface Patience {
  readonly withinSeconds: number
  readonly holdSeconds: number
  readonly everySeconds: number
}

export interface Resolved extends Patience {
  readonly conditions: readonly Condition[]
}

interface ItemBase {
  /** Written, or made from the step's title; unique in the runbook. */
  readonly id: string
  readonly line: number
}

interface CommandBase extends ItemBase {
  readonly body: string
  /** Of a promql body. */
  readonly placeholders: readonly PromqlPlaceholder[]
  /** The attributes as written, without the braces: part of the hash that consent is bound to. */
  readonly attributes: string
  readonly timeoutSeconds: number
  readonly capture: string | null
  /** The names that a script may write to `$FACI_OUTPUT`. */
  readonly outputs: readonly string[]
  readonly expect: Expectation | null
}

interface Retrying {
  /** Further attempts after a failed command. */
  readonly retries: number
  /** Before the first retry; doubled before each further one. */
  readonly backoffSeconds: number
}

/** Reads only; never gated; its failure is recorded and stops nothing. */
export interface DiagnoseBlock extends CommandBase, Retrying {
  readonly role: 'diagnose'
  readonly language: LanguageFor<'diagnose'>
}

/** Changes something; gated. */
export interface MitigateBlock extends CommandBase, Retrying {
  readonly role: 'mitigate'
  readonly language: LanguageFor<'mitigate'>
  readonly confirm: Confirm
  readonly onFailure: 'next' | 'stop'
}

/** Polled after the mitigation `of`; its failure is that mitigation's failure. */
export interface VerifyBlock extends CommandBase, Patience {
  readonly role: 'verify'
  readonly language: LanguageFor<'verify'>
  readonly of: string
}

/** Undoes the mitigation `of`: armed when that starts, run when the run ends unresolved. */
export interface RollbackBlock extends CommandBase, Retrying {
  readonly role: 'rollback'
  readonly language: LanguageFor<'rollback'>
  readonly of: string
}

type NotifyWhen = 'started' | 'resolved' | 'unresolved' | 'always'

/** A message to people; the body is Markdown with `{{placeholders}}`. */
export interface NotifyBlock extends ItemBase {
  readonly role: 'notify'
  readonly language: LanguageFor<'notify'>
  readonly body: string
  readonly attributes: string
  /** null: the default channel. */
  readonly to: string | null
  readonly when: NotifyWhen
}

/** A `- [ ]` item: something only a person can do. */
export interface PersonTask extends ItemBase {
  readonly role: 'task'
  readonly text: string
}

/** What the run comes to step by step; a rollback waits for its end. */
export type ClimbBlock = DiagnoseBlock | MitigateBlock | VerifyBlock
export type CommandBlock = ClimbBlock | RollbackBlock
export type Block = CommandBlock | NotifyBlock
export type StepItem = Block | PersonTask

/** A `##` heading and what is under it, in order. */
export interface Step {
  readonly title: string
  readonly line: number
  /** What the operator reads: Markdown without the blocks that run and the tasks. */
  readonly prose: string
  readonly items: readonly StepItem[]
}

/** A runbook that was read without a problem. Durations in seconds. */
export interface Runbook {
  /** The file's name without `.md`: what is typed after `faci runbook`. */
  readonly name: string
  readonly file: string
  readonly title: string
  readonly severity: NoticeSeverity
  readonly alerts: readonly string[]
  readonly services: readonly string[]
  readonly owner: string | null
  readonly reviewEverySeconds: number | null
  /** Of a run; stands still while a person is asked. */
  readonly timeoutSeconds: number
  readonly inputs: readonly InputDeclaration[]
  /** Files that its scripts call, below the folder where blocks run: consent is to their content too. */
  readonly uses: readonly string[]
  readonly resolved: Resolved | null
  /** The text before the first `##`. */
  readonly introduction: string
  readonly steps: readonly Step[]
  /** The file as it was read; a run keeps a copy. */
  readonly source: string
}

/** As the parser hands it on. */
export interface PlacedRunbook extends Runbook {
  readonly places: RunbookPlaces
}

/** Everything in the steps, in the order of the file. */
export function itemsOf(runbook: Runbook): readonly StepItem[] {
  return runbook.steps.flatMap((step) => step.items)
}

export function mitigationsOf(runbook: Runbook): readonly MitigateBlock[] {
  return itemsOf(runbook).filter((item) => item.role === 'mitigate')
}

/** The blocks that run, in the order of the file. */
export function commandBlocksOf(runbook: Runbook): readonly CommandBlock[] {
  return itemsOf(runbook).filter((item): item is CommandBlock => item.role !== 'task' && item.role !== 'notify')
}
