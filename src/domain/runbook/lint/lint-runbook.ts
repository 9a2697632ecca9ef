import type {AlertRule} from '../../alerts/alert-rule.js'
import type {PlacedFault} from './runbook-fault.js'
import type {RunbookSummary} from '../runbook-list.js'
import type {PlacedRunbook} from '../runbook.js'
import {contestedAlerts, unfilledByAlerts, unknownAlerts} from './alert-rules.js'
import type {ChannelSetups} from '../../notices/channels.js'
import {unknownChannels} from './channels.js'
import {foreignKeys} from './foreign-front-matter.js'
import {pastedText} from './pasted-text.js'
import {unknownHealth} from './conditions.js'
import {destructiveCommands} from './destructive.js'
import {idleBlocks} from './idle-blocks.js'
import {executedTextProblems, turnedProse} from './executed-text.js'
import {unknownVariables, unusedInputs} from './input-rules.js'
import {shellBuiltQueries} from './shell-promql.js'
import {shortWithins} from './query-windows.js'
import {unlistedScripts} from './unlisted-scripts.js'
import {writtenSecrets} from './written-secrets.js'

/** What a runbook is held against. */
export interface LintContext {
  /** The channels of `notices:`. */
  readonly channels: readonly string[]
  readonly setups: ChannelSetups
  /** The names of faci.yml's `health:`. */
  readonly healthNames: readonly string[]
  /** null when faci.yml does not say where the rule files are: then nothing is known of alerts. */
  readonly alertRules: readonly AlertRule[] | null
  /** Every runbook there is. */
  readonly all: readonly RunbookSummary[]
}

/**
 * What is wrong with a runbook beyond its grammar. Of a `draft`, in which the parser found problems, a part may be missing: what is
 * not seen in it may still be there.
 */
export function lintRunbook(runbook: PlacedRunbook, isDraft: boolean, context: LintContext): readonly PlacedFault[] {
  const {healthNames, alertRules, all} = context
  return [
    ...(isDraft ? [] : [...unusedInputs(runbook), ...unknownVariables(runbook)]),
    ...executedTextProblems(runbook),
    ...turnedProse(runbook),
    ...pastedText(runbook),
    ...idleBlocks(runbook),
    ...foreignKeys(runbook),
    ...destructiveCommands(runbook),
    ...writtenSecrets(runbook),
    ...unlistedScripts(runbook),
    ...shellBuiltQueries(runbook),
    ...unknownChannels(runbook, context),
    ...unknownHealth(runbook, healthNames),
    ...shortWithins(runbook),
    ...contestedAlerts(runbook, all),
    ...unfilledByAlerts(runbook, alertRules),
    ...(alertRules === null ? [] : unknownAlerts(runbook, alertRules)),
  ]
}
