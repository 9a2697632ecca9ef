import type {ConsentGround} from '../../domain/execution/consent-ground.js'
import {consentHash, whyNotApproved} from '../../domain/execution/consent-hash.js'
import type {Consent} from '../../domain/consent/block-gate.js'
import {planRun, type RunPlan} from '../../domain/execution/plan.js'
import {FaciError} from '../../domain/errors.js'
import {unknownId} from '../../domain/execution/selection.js'
import {type ResolvedInputs, resolveInputs} from '../../domain/runbook/inputs.js'
import {executedTextProblems} from '../../domain/runbook/lint/executed-text.js'
import {patternProblems} from '../../domain/runbook/lint/pattern-rules.js'
import type {PlacedFault} from '../../domain/runbook/lint/runbook-fault.js'
import {commandBlocksOf, mitigationsOf, type PlacedRunbook, type Runbook} from '../../domain/runbook/runbook.js'
import {choices, closest, didYouMean} from '../../domain/text/did-you-mean.js'
import type {Library} from '../../ports/library.js'
import {consentGround} from './consent-ground.js'
import {invalidRunbook, told} from './invalid-runbook.js'
import type {PrepareDeps, PrepareInput, RunPlace} from './run-context.js'
import {sourcedValues, valueRulesFor} from './sourced-values.js'
import {command} from '../../domain/text/shell-command.js'

/** Reads a runbook that can be run. Errors: `notFound`, `runbookInvalid` with every problem and its place. */
export async function readRunbook(library: Library, name: string): Promise<PlacedRunbook> {
  const read = await library.read(name)
  if (read.kind === 'invalid') throw invalidRunbook(read.file, read.problems)
  return read.runbook
}

function checkHealthNames({resolved, file}: Runbook, {endpoints}: RunPlace): void {
  const known = endpoints.map(({name}) => name)
  for (const condition of resolved?.conditions ?? []) {
    if (condition.kind !== 'health' || known.includes(condition.name)) continue
    const near = closest(condition.name, known)
    throw new FaciError('runbookInvalid', `${file}: faci.yml has no \`health: ${condition.name}\``, {
      suggestions: [didYouMean(near, choices('it has', known))],
    })
  }
}

function refuseFaults(
  {faultText}: Pick<PrepareDeps, 'faultText'>,
  {file}: Runbook,
  faults: readonly PlacedFault[],
): void {
  if (faults.length > 0) throw invalidRunbook(file, told(faultText, faults))
}

async function checkScripts(deps: PrepareDeps, runbook: Runbook): Promise<void> {
  const blocks = commandBlocksOf(runbook).filter(({language}) => language === 'sh')
  const found = await deps.shell.checkAll(blocks.map(({body}) => body))
  const faults = blocks.flatMap((block, index): readonly PlacedFault[] => {
    const problem = found[index] ?? null
    return problem === null ? [] : [{rule: 'shell', line: block.line + problem.line, column: 1, said: problem.message}]
  })
  refuseFaults(deps, runbook, faults)
}

async function inputsOf(deps: PrepareDeps, runbook: PlacedRunbook, input: PrepareInput): Promise<ResolvedInputs> {
  const rules = await valueRulesFor(deps, runbook.inputs, runbook.alerts)
  refuseFaults(deps, runbook, patternProblems(runbook, rules))
  const resolution = resolveInputs(runbook.inputs, {
    given: input.inputs,
    sourced: await sourcedValues(deps, runbook.inputs),
    environmentNames: input.environmentNames,
    rules,
  })
  if (!resolution.ok) {
    const message = [`\`${runbook.name}\` cannot run with these inputs:`, ...resolution.problems]
    throw new FaciError('usage', message, {suggestions: [command`faci runbook show ${runbook.name}`]})
  }
  const {inputs} = resolution
  for (const name of inputs.secrets) deps.masker.learn(inputs.values[name] ?? '')
  return inputs
}

/** `--approve runbook@HASH` is consent to a runbook that has changed since the run began. */
export const WHOLE_RUNBOOK = 'runbook'

function isOfBlock(text: string): boolean {
  return !text.startsWith(`${WHOLE_RUNBOOK}@`)
}

interface Scope {
  readonly runbook: Runbook
  readonly inputs: ResolvedInputs
  readonly ground: ConsentGround
}

function noSuchMitigation({name}: Runbook, text: string, near: string | null): FaciError {
  return new FaciError('usage', `--approve ${text}: there is no mitigation \`${text.split('@')[0] ?? ''}\``, {
    suggestions: [didYouMean(near, command`faci runbook ${name} --dry-run`)],
  })
}

/** The id that `ID@HASH` approves. Errors: `usage`, `refused` when it is not what would run now, or nobody can tell. */
function approvedBlock(scope: Scope, consent: Consent, text: string): string {
  const {runbook} = scope
  const [id = '', given = ''] = text.split('@')
  const mitigations = mitigationsOf(runbook)
  const block = mitigations.find((candidate) => candidate.id === id)
  if (block === undefined) {
    const ids = mitigations.map((candidate) => candidate.id)
    throw noSuchMitigation(runbook, text, closest(id, ids))
  }
  const now = consentHash({...scope, consent}, block)
  if (now !== null && now === given) return id
  const again =
    now === null ? 'faci doctor' : `see what \`${id}\` is now: ${command`faci runbook ${runbook.name} --dry-run`}`
  throw new FaciError('refused', `--approve ${text}: ${whyNotApproved(given, now)}`, {
    suggestions: [again, ...(now === null ? [] : [`then approve it with: --approve ${id}@${now}`])],
  })
}

function consentOf(deps: PrepareDeps, scope: Scope, input: PrepareInput): Consent {
  const {environment, production} = input.place
  if (input.confirm !== null && input.confirm !== environment)
    throw new FaciError('refused', `--confirm ${input.confirm}, but this is ${environment}`)
  const consent: Consent = {
    environment,
    production,
    attended: deps.prompt.available,
    yes: input.yes,
    approved: new Set(),
    confirmed: input.confirm === environment,
  }
  const approvals = input.approve.filter(isOfBlock)
  return {...consent, approved: new Set(approvals.map((text) => approvedBlock(scope, consent, text)))}
}

function checkSelection(runbook: Runbook, input: PrepareInput): void {
  const unknown = unknownId(runbook, input.selection)
  if (unknown === null) return
  const {id, near} = unknown
  throw new FaciError('usage', `\`${runbook.name}\` has no block \`${id}\``, {
    suggestions: [didYouMean(near, command`faci runbook ${runbook.name} --dry-run`)],
  })
}

/** Errors: `refused` when `--step` has nobody to ask. */
function checkAttended(deps: PrepareDeps, input: PrepareInput): void {
  if (!input.step || deps.prompt.available) return
  throw new FaciError('refused', '--step asks before every block, and there is no terminal to ask at', {
    suggestions: [command`faci runbook ${input.name} --dry-run`, command`faci runbook ${input.name} --yes`],
  })
}

/** The plan for a runbook that was read. Errors as those of `prepareRun`. */
export async function prepareRunbook(deps: PrepareDeps, runbook: PlacedRunbook, input: PrepareInput): Promise<RunPlan> {
  refuseFaults(deps, runbook, executedTextProblems(runbook))
  checkHealthNames(runbook, input.place)
  checkSelection(runbook, input)
  checkAttended(deps, input)
  const [ground] = await Promise.all([consentGround(deps, runbook, input), checkScripts(deps, runbook)])
  const inputs = await inputsOf(deps, runbook, input)
  const consent = consentOf(deps, {runbook, inputs, ground}, input)
  const {force, selection, step} = input
  const mode = input.diagnose ? 'diagnose' : 'full'
  const {channels} = input.place
  const rollback = input.rollback ?? 'ask'
  return planRun({runbook, inputs, consent, channels, ground, mode, force, selection, step, rollback})
}

/**
 * Everything that can be known to be wrong before anything runs. Errors: `notFound`, `runbookInvalid`, `usage` with all missing
 * inputs at once, `refused` for an approval of something else.
 */
export async function prepareRun(deps: PrepareDeps, input: PrepareInput): Promise<RunPlan> {
  return prepareRunbook(deps, await readRunbook(deps.library, input.name), input)
}
