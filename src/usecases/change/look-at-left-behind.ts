import {FaciError} from '../../domain/errors.js'
import type {Container} from '../../domain/stack/container.js'
import {type LeftBehind, leftBehind, mendUnseen} from '../../domain/change/left-behind.js'
import type {Clock} from '../../ports/clock.js'
import type {Engine} from '../../ports/engine.js'
import type {PlannedChange} from './plan-change.js'

/** What the engine was asked for before Compose ended is still being done: it is looked at until it stands still. */
const STILL_SECONDS = 0.5
const MOST_LOOKS = 30
const MOST_ATTEMPTS = 4

interface LookDeps {
  readonly engine: Engine
  readonly clock: Clock
}

function fingerprint(containers: readonly Container[]): string {
  return JSON.stringify(containers.map(({id, name, state, startedAt}) => [id, name, state, startedAt]))
}

/** An engine that is still at what it was asked for may take its time. */
async function patiently({engine, clock}: LookDeps, project: string): Promise<readonly Container[]> {
  for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
    try {
      return await engine.containers(project)
    } catch (error) {
      if (!(error instanceof FaciError)) throw error
      await clock.sleep(STILL_SECONDS)
    }
  }
  return engine.containers(project)
}

async function settled(deps: LookDeps, project: string): Promise<readonly Container[]> {
  let before = await patiently(deps, project)
  for (let look = 1; look < MOST_LOOKS; look += 1) {
    await deps.clock.sleep(STILL_SECONDS)
    const now = await patiently(deps, project)
    if (fingerprint(now) === fingerprint(before)) break
    before = now
  }
  return before
}

/** What Compose left when it was ended or failed, and the command that mends it. An engine that cannot tell is part of the answer. */
export async function lookAtLeftBehind(
  deps: LookDeps,
  {plan, containers: before}: PlannedChange,
  consent: readonly string[],
): Promise<LeftBehind> {
  try {
    return leftBehind(plan, before, await settled(deps, plan.project), consent)
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    const mend = mendUnseen(plan, before, consent)
    return {found: [{why: 'unseen', message: error.message}], mend}
  }
}
