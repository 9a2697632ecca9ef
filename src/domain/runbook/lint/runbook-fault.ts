import type {FilePlace} from '../../text/file-place.js'
import type {Problem} from '../problem.js'

/** A name that is none of those that there are. */
interface UnknownName {
  readonly name: string
  /** The one that was probably meant. */
  readonly near: string | null
  readonly known: readonly string[]
}

/** What a character does that is not seen: turns the direction of writing, controls a terminal, or nothing. */
export type HiddenKind = 'turns' | 'control' | 'unseen'

/** Why something that is no text is run as a script: by its name, its `#!`, a block that starts it, or one that has `runner` run it. */
export type WhyScript =
  {readonly why: 'named' | 'begins' | 'started'} | {readonly why: 'runner'; readonly runner: string}

export type SecretKind =
  | 'slackToken'
  | 'slackWebhook'
  | 'awsKey'
  | 'githubToken'
  | 'gitlabToken'
  | 'googleKey'
  | 'stripeKey'
  | 'jsonWebToken'
  | 'privateKey'
  | 'urlPassword'
  | 'authorization'
  | 'password'

/**
 * What a check found wrong with a runbook. A new one is a row of `RULES`, a member here, its check, and its words in
 * `render/words/en/lint/runbook.ts`, which do not compile without.
 */
export type CheckedFault =
  | ({readonly rule: 'alert'; readonly what: 'undefined'} & UnknownName)
  | {readonly rule: 'alert'; readonly what: 'unreadable'; readonly entry: string; readonly problem: string}
  | {readonly rule: 'alert-contested'; readonly entry: string; readonly others: readonly string[]}
  | {readonly rule: 'alert-uncovered'; readonly name: string; readonly runbook: string | null}
  | {readonly rule: 'bidi'; readonly character: string}
  /** `setup`: the line of faci.yml that sets up a channel of this name. */
  | ({readonly rule: 'channel'; readonly setup: string | null} & UnknownName)
  | {readonly rule: 'confusable'; readonly what: 'dash' | 'letter' | 'operator' | 'quote'; readonly character: string}
  /** `looking`: in a block that asks nobody. */
  | {readonly rule: 'destructive'; readonly what: 'mitigation' | 'looking'; readonly command: string}
  /** A script of nothing that runs. */
  | {readonly rule: 'empty'; readonly what: 'comments'}
  | {readonly rule: 'foreign-key'; readonly key: string}
  | {
      readonly rule: 'freshness'
      readonly runbook: string
      readonly everySeconds: number
      /** When it was last seen to work; null: never. */
      readonly last: {readonly at: string; readonly daysAgo: number} | null
    }
  | ({readonly rule: 'health'} & UnknownName)
  | {readonly rule: 'hidden'; readonly what: 'character'; readonly character: string; readonly kind: HiddenKind}
  | {readonly rule: 'hidden'; readonly what: 'oddSpace'; readonly character: string}
  | {readonly rule: 'hidden'; readonly what: 'loneReturn'}
  | {readonly rule: 'hidden'; readonly what: 'noText'; readonly why: WhyScript}
  | {readonly rule: 'input-label'; readonly alert: string; readonly name: string}
  | {readonly rule: 'metric'; readonly name: string}
  | {readonly rule: 'mixed-script'; readonly word: string; readonly letter: string}
  | {readonly rule: 'name' | 'file-name'; readonly rename: {readonly from: string; readonly to: string}}
  | {readonly rule: 'no-series'}
  | {readonly rule: 'pattern'; readonly what: 'unreadable'; readonly name: string; readonly problem: string}
  | {readonly rule: 'pattern'; readonly what: 'forbidsDefault'; readonly name: string; readonly problem: string}
  /** `mark`: what a shell writes before a command. */
  | {readonly rule: 'prompt'; readonly mark: string}
  /** `said` by Prometheus. */
  | {readonly rule: 'promql'; readonly said: string}
  /** Of a file or folder of `prometheus.rules`. */
  | {readonly rule: 'rules-unread'; readonly why: string}
  | {readonly rule: 'secret-written'; readonly what: 'here'; readonly kind: SecretKind}
  | {readonly rule: 'secret-written'; readonly what: 'asDefault'; readonly name: string}
  | ({readonly rule: 'service'} & UnknownName)
  /** `said` by bash. */
  | {readonly rule: 'shell'; readonly said: string}
  | {readonly rule: 'shell-promql'; readonly name: string; readonly isInput: boolean}
  | {readonly rule: 'tool'; readonly name: string}
  | {readonly rule: 'unknown-variable'; readonly name: string; readonly near: string | null}
  /** `path`: as it would be listed. */
  | {readonly rule: 'unlisted-script'; readonly script: string; readonly path: string}
  | {readonly rule: 'unused-input'; readonly name: string}
  /** `said` by whoever tried. */
  | {readonly rule: 'url'; readonly said: string}
  /** `block` null: that of `resolved`. */
  | {
      readonly rule: 'within-window'
      readonly block: string | null
      readonly withinSeconds: number
      readonly windowSeconds: number
    }

/** What the reader finds is told in its own words. */
export type RunbookFault = CheckedFault | Omit<Problem, keyof FilePlace>

export type PlacedFault = RunbookFault & FilePlace
