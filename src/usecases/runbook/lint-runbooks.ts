import type {AlertRule} from '../../domain/alerts/alert-rule.js'
import type {ChannelSetups} from '../../domain/notices/channels.js'
import type {UnreadRules} from '../../domain/alerts/lint/rule-file.js'
import type {Result} from '../../domain/result.js'
import {uncoveredAlerts} from '../../domain/runbook/lint/alert-rules.js'
import {type RunbookFinding, findingIn} from '../../domain/runbook/lint/runbook-finding.js'
import {inOrder} from '../../domain/findings/finding.js'
import {type LintContext, lintRunbook} from '../../domain/runbook/lint/lint-runbook.js'
import {type LintReport, lintVerdict} from '../../domain/runbook/lint/lint-report.js'
import {patternProblems} from '../../domain/runbook/lint/pattern-rules.js'
import {usedFileProblems} from '../../domain/runbook/lint/used-content.js'
import {commandBlocksOf, type PlacedRunbook} from '../../domain/runbook/runbook.js'
import type {AlertRules} from '../../ports/alert-rules.js'
import type {ReadRunbook} from '../../domain/runbook/read-runbook.js'
import type {Library, MisnamedRunbook} from '../../ports/library.js'
import type {Patterns} from '../../ports/patterns.js'
import type {Shell} from '../../ports/shell.js'
import {type LintLiveDeps, lintLive} from './lint-live.js'
import type {ReadUsedFile} from './run-context.js'
import {valueRulesFor} from './sourced-values.js'

export interface LintDeps {
  readonly library: Library
  readonly shell: Shell
  /** Loaded only for a runbook that has a `pattern`. */
  readonly patterns: () => Promise<Patterns>
  /** null when faci.yml does not say where the rule files are. */
  readonly alertRules: AlertRules | null
  /** A file that scripts call, from the folder where blocks run; null when it cannot be read: a run says so. */
  readonly readUsed: (file: string) => Promise<Omit<ReadUsedFile, 'digest'> | null>
  /** null without `--live`. */
  readonly live: LintLiveDeps | null
}

export interface LintInput {
  /** None: all. */
  readonly names: readonly string[]
  readonly channels: readonly string[]
  readonly setups: ChannelSetups
  /** URLs of faci.yml's `health:` by name. */
  readonly health: Readonly<Record<string, string>>
  /** Files below it are told relative to it. */
  readonly directory: string
}

function runbookOf(read: ReadRunbook): PlacedRunbook {
  return read.kind === 'valid' ? read.runbook : read.draft
}

async function shellFindings(shell: Shell, runbooks: readonly PlacedRunbook[]): Promise<readonly RunbookFinding[]> {
  const blocks = runbooks.flatMap(({file, ...runbook}) =>
    commandBlocksOf({file, ...runbook})
      .filter(({language}) => language === 'sh')
      .map((block) => ({file, block})),
  )
  const problems = await shell.checkAll(blocks.map(({block}) => block.body))
  return blocks.flatMap(({file, block}, index) => {
    const problem = problems[index] ?? null
    if (problem === null) return []
    const {line, message} = problem
    return [findingIn(file, {rule: 'shell', line: block.line + line, column: 1, said: message})]
  })
}

async function patternFindings(deps: Pick<LintDeps, 'patterns'>, runbooks: readonly PlacedRunbook[]) {
  const inputs = runbooks.flatMap((runbook) => runbook.inputs)
  const alerts = runbooks.flatMap((runbook) => runbook.alerts)
  const rules = await valueRulesFor(deps, inputs, alerts)
  return runbooks.flatMap((runbook) =>
    patternProblems(runbook, rules).map((problem) => findingIn(runbook.file, problem)),
  )
}

async function usedFindings(
  {readUsed}: LintDeps,
  runbooks: readonly PlacedRunbook[],
): Promise<readonly RunbookFinding[]> {
  const uses = runbooks.flatMap((runbook) => runbook.uses.map((file) => ({runbook, file})))
  const found = await Promise.all(
    uses.map(async ({runbook, file}) => {
      const used = await readUsed(file)
      return used === null ? [] : usedFileProblems(runbook, file, used).map((problem) => findingIn(used.path, problem))
    }),
  )
  return found.flat()
}

function findingsOf(read: ReadRunbook, context: LintContext): readonly RunbookFinding[] {
  const {file} = runbookOf(read)
  const parsed = read.kind === 'invalid' ? read.problems : []
  const judged = lintRunbook(runbookOf(read), read.kind === 'invalid', context)
  return [...parsed, ...judged].map((problem) => findingIn(file, problem))
}

function misnamedFinding({file, rename, isPlain}: MisnamedRunbook): RunbookFinding {
  return findingIn(file, {rule: isPlain ? 'file-name' : 'name', line: 1, column: 1, rename: {from: file, to: rename}})
}

type KnownRules = Awaited<ReturnType<AlertRules['alerts']>>

/** What is known of the alerts may be less than there is. */
function unreadFinding({file, why, ...place}: UnreadRules): RunbookFinding {
  return findingIn(file, {rule: 'rules-unread', why, ...place})
}

function relative(finding: RunbookFinding, directory: string): RunbookFinding {
  const {file} = finding
  return file.startsWith(`${directory}/`) ? {...finding, file: file.slice(directory.length + 1)} : finding
}

/** The same thing said of the same place is said once. */
function once(findings: readonly RunbookFinding[]): readonly RunbookFinding[] {
  const told = new Map(findings.map((finding) => [JSON.stringify({...finding, column: 0}), finding]))
  return [...told.values()]
}

/**
 * Everything that is wrong with the runbooks, at once. Changes nothing; runs nothing of them. Errors: `notFound` for a name that is
 * none, `configInvalid` for rule files that cannot be read, `toolMissing` without bash.
 */
export async function lintRunbooks(deps: LintDeps, input: LintInput): Promise<Result<LintReport>> {
  const [all, misnamed, known] = await Promise.all([
    deps.library.list(),
    input.names.length > 0 ? [] : deps.library.misnamed(),
    deps.alertRules === null ? null : deps.alertRules.alerts(),
  ])
  const names = input.names.length === 0 ? all.map(({name}) => name) : [...new Set(input.names)]
  const read = await Promise.all(names.map((name) => deps.library.read(name)))
  const runbooks = read.map(runbookOf)
  const [shell, patterns, used, live] = await Promise.all([
    shellFindings(deps.shell, runbooks),
    patternFindings(deps, runbooks),
    usedFindings(deps, runbooks),
    deps.live === null ? {findings: [], notChecked: []} : lintLive(deps.live, {runbooks, health: input.health}),
  ])
  const context = {
    channels: input.channels,
    setups: input.setups,
    healthNames: Object.keys(input.health),
    alertRules: allOf(known),
    all,
  }
  const found = [
    ...read.flatMap((one) => findingsOf(one, context)),
    ...shell,
    ...patterns,
    ...used,
    ...live.findings,
    ...misnamed.map(misnamedFinding),
    ...(known === null ? [] : rulesFindings(known, input.names.length === 0 ? all : null)),
  ]
  const report = {
    runbooks: names,
    live: deps.live !== null,
    findings: inOrder(once(found.map((finding) => relative(finding, input.directory)))),
    notChecked: live.notChecked,
  }
  return {verdict: lintVerdict(report), data: report}
}

/** What no rule that could be read defines, one in another file may: null where there is such a file. */
function allOf(known: KnownRules | null): readonly AlertRule[] | null {
  return known === null || known.unread.length > 0 ? null : known.alerts
}

function rulesFindings({alerts, unread}: KnownRules, all: LintContext['all'] | null): readonly RunbookFinding[] {
  return [...unread.map(unreadFinding), ...(all === null ? [] : uncoveredAlerts(alerts, all))]
}
