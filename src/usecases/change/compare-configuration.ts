import {FaciError} from '../../domain/errors.js'
import type {StackChange} from '../../domain/change/change.js'
import type {ConfigurationDifference} from '../../domain/change/configuration-difference.js'
import type {ChangeEvent} from '../../domain/change/change-event.js'
import type {PlannedService} from '../../domain/change/change-plan.js'
import type {ConfigurationCause, PlannedEffect} from '../../domain/change/planned-effect.js'
import type {Container} from '../../domain/stack/container.js'
import {copiesOf} from '../../domain/stack/compose-project.js'
import {type Checkout, provenanceOf} from '../../domain/stack/made-elsewhere.js'
import {runningTexts} from '../../domain/stack/running-text.js'
import {type VariableUse, variableDifference} from '../../domain/stack/variable-use.js'
import type {Compose, ComposeSources} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'
import type {Journal} from '../../ports/journal.js'
import {broughtUpByName} from './recorded-images.js'

export interface CompareConfigurationDeps {
  readonly engine: Pick<Engine, 'inspect' | 'projects'>
  readonly compose: Pick<Compose, 'hashes' | 'sources' | 'tool'>
  readonly journal: Journal<ChangeEvent>
}

export interface ConfigurationQuestion {
  readonly project: string
  /** Somebody has named the project: another one of the same file is another one on purpose. */
  readonly isNamed: boolean
  readonly change: StackChange
  readonly planned: readonly PlannedService[]
  readonly containers: readonly Container[]
  /** Those that only run under a profile that is off. */
  readonly profiled: readonly string[]
  readonly checkout: Checkout
}

export interface ComparedConfiguration {
  /** What needs a consent of its own. */
  readonly differences: readonly ConfigurationDifference[]
  /** With what makes each configuration another one. */
  readonly planned: readonly PlannedService[]
}

function isRemade({recreation, effects}: PlannedService): boolean {
  return recreation === 'yes' || recreation === 'unknown' || effects.some(({kind}) => kind === 'configuration')
}

/** Compose's hash says so. */
function isOther({effects}: PlannedService): boolean {
  return effects.some((effect) => effect.kind === 'configuration' && effect.state === 'changed')
}

/** Of what is taken away and would come back as another one: Compose's hash tells, also that it knows the service no more. */
async function lostForAnother(
  {compose}: CompareConfigurationDeps,
  {change, containers}: ConfigurationQuestion,
): Promise<readonly Container[]> {
  const {hashes} = await compose.hashes(change)
  return containers.filter(({service, configHash}) => configHash === null || hashes[service] !== configHash)
}

/**
 * What the change makes anew of something that Compose's hash does not know as the same. That labels differ tells nothing by itself:
 * what Compose leaves as it is keeps the labels of the day on which it was made.
 */
async function remade(deps: CompareConfigurationDeps, question: ConfigurationQuestion): Promise<readonly Container[]> {
  const {change, planned, containers} = question
  if (change.kind === 'down') return lostForAnother(deps, question)
  const services = new Set(planned.filter(isRemade).map(({service}) => service))
  return containers.filter(({service}) => services.has(service))
}

/**
 * Nobody named services, and some run of a profile that is off: the stack may have been brought up with it. What was brought up by its
 * name says nothing of profiles.
 */
async function profilesOff(
  {journal}: CompareConfigurationDeps,
  {change, project, containers, profiled}: ConfigurationQuestion,
): Promise<readonly ConfigurationDifference[]> {
  if (change.kind !== 'up' || change.services.length > 0) return []
  const running = containers.filter(({service, state}) => state === 'running' && profiled.includes(service))
  const all = [...new Set(running.map(({service}) => service))]
  const named = await broughtUpByName(journal, project, all)
  const services = all.filter((service) => !named.has(service))
  return services.length === 0 ? [] : [{kind: 'profiles', services}]
}

/** Containers would be made, and the project has none yet: another one of the same file may run already. */
async function copies(
  {engine}: CompareConfigurationDeps,
  {change, project, isNamed, planned, containers, checkout}: ConfigurationQuestion,
): Promise<readonly ConfigurationDifference[]> {
  const [file] = checkout.files
  if (change.kind !== 'up' || containers.length > 0 || file === undefined) return []
  const wanted = {project, file, services: planned.map(({service}) => service)}
  const all = copiesOf(wanted, await engine.projects(), checkout.realPath)
  const found = all.filter(({kind}) => kind === 'swarm' || !isNamed)
  return found.map(({project: made, kind, services}) => ({kind: 'project', services, made, of: kind, now: project}))
}

/** What became of the variables that a service uses, by what one of its containers was made with. */
interface Variables {
  readonly lost: ReadonlySet<string>
  readonly changed: ReadonlySet<string>
}

function variablesOf(uses: readonly VariableUse[], inspection: unknown, mustBeOne: boolean): Variables {
  const lost = new Set<string>()
  const changed = new Set<string>()
  for (const use of uses) {
    const running = runningTexts(inspection, use.at)
    if (running !== null) {
      const difference = variableDifference(use, running)
      for (const name of difference.lost) lost.add(name)
      for (const name of difference.changed) changed.add(name)
    }
  }
  if (lost.size + changed.size === 0 && mustBeOne) {
    const unseen = uses.filter(({at}) => runningTexts(inspection, at) === null)
    const pieces = unseen.flatMap((use) => use.pieces).filter((piece) => 'value' in piece)
    for (const {variables, isUnset} of pieces) for (const name of variables) if (isUnset) lost.add(name)
  }
  return {lost, changed}
}

function editedSince({files}: ComposeSources, {createdAt}: Container): readonly string[] {
  return files.filter(({editedAt}) => editedAt > createdAt).map(({file}) => file)
}

async function inspected({engine}: CompareConfigurationDeps, {id}: Container): Promise<unknown> {
  try {
    return await engine.inspect(id)
  } catch (error) {
    // What is gone meanwhile was made of nothing any more.
    if (error instanceof FaciError && error.code !== 'interrupted') return null
    throw error
  }
}

interface Compared {
  readonly service: string
  readonly lost: readonly string[]
  readonly cause: ConfigurationCause
}

/** Without what a packager adds: `2.26.1-4`. */
function releaseOf(version: string): string {
  return /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? version
}

async function compareOne(
  deps: CompareConfigurationDeps,
  {sources, version}: {readonly sources: ComposeSources; readonly version: string},
  container: Container,
  isOther: boolean,
): Promise<Compared> {
  const {service, composeVersion} = container
  const edited = editedSince(sources, container)
  const uses = sources.uses.filter((use) => use.service === service)
  // It is another one, nobody has edited anything: then it is a variable, though not one that could be compared.
  const isSame = composeVersion !== null && releaseOf(composeVersion) === releaseOf(version)
  const mustBeOne = isOther && edited.length === 0 && isSame
  const {lost, changed} = variablesOf(uses, await inspected(deps, container), mustBeOne)
  const isUnexplained = lost.size + changed.size + edited.length === 0
  return {
    service,
    lost: [...lost],
    cause: {
      variables: [...new Set([...lost, ...changed])],
      files: edited,
      version: isUnexplained && composeVersion !== null && !isSame ? {made: composeVersion, now: version} : null,
    },
  }
}

function lostVariables(all: readonly Compared[]): readonly ConfigurationDifference[] {
  const losing = all.filter(({lost}) => lost.length > 0)
  const variables = [...new Set(losing.flatMap(({lost}) => lost))]
  return variables.length === 0 ? [] : [{kind: 'variables', services: losing.map(({service}) => service), variables}]
}

function withCauses(planned: PlannedService, all: readonly Compared[]): PlannedService {
  const found = all.find(({service}) => service === planned.service)
  if (found === undefined) return planned
  const effects = planned.effects.map((effect): PlannedEffect => {
    return effect.kind === 'configuration' ? {...effect, cause: found.cause} : effect
  })
  return {...planned, effects}
}

/**
 * In what the change would make another configuration than the one that runs, and why. Compose is asked once more only where something
 * is made anew. Errors: those of Compose, and `interrupted`.
 */
export async function compareConfiguration(
  deps: CompareConfigurationDeps,
  question: ConfigurationQuestion,
): Promise<ComparedConfiguration> {
  const {planned, checkout} = question
  const containers = await remade(deps, question)
  const [others, profiles] = await Promise.all([copies(deps, question), profilesOff(deps, question)])
  const elsewhere = [...others, ...provenanceOf(containers, checkout), ...profiles]
  const first = containers.filter(
    ({service}, index) => containers.findIndex((one) => one.service === service) === index,
  )
  if (first.length === 0) return {differences: elsewhere, planned}
  const [sources, {version}] = await Promise.all([deps.compose.sources(), deps.compose.tool()])
  if (sources === null) return {differences: elsewhere, planned}
  const changed = new Set(planned.filter(isOther).map(({service}) => service))
  const all = await Promise.all(first.map((one) => compareOne(deps, {sources, version}, one, changed.has(one.service))))
  return {
    differences: [...elsewhere, ...lostVariables(all)],
    planned: planned.map((one) => withCauses(one, all)),
  }
}
