import {FaciError} from '../../domain/errors.js'
import type {Container} from '../../domain/stack/container.js'
import {type LeftBehind, leftBehind} from '../../domain/stack/left-behind.js'
import type {Clock} from '../../ports/clock.js'
import type {Engine} from '../../ports/engine.js'
import type {PlannedChange} from './plan-change.js'

/** What the engine was asked for before Compose ended is still being done: it is looked at until it stands still. */
const STILL_SECONDS = 0.5
const MOST_LOOKS = 30

function fingerprint(containers: readonly Container[]): string {
  return JSON.stringify(containers.map(({id, name, state, startedAt}) => [id, name, state, startedAt]))
}

async function settled(
  {engine, clock}: {readonly engine: Engine; readonly clock: Clock},
  project: string,
): Promise<readonly Container[]> {
  let before = await engine.containers(project)
  for (let look = 1; look < MOST_LOOKS; look += 1) {
    await clock.sleep(STILL_SECONDS)
    const now = await engine.containers(project)
    if (fingerprint(now) === fingerprint(before)) break
    before = now
  }
  return before
}

/** What Compose left when it was ended or failed, and the command that mends it. An engine that cannot tell is part of the answer. */
export async function lookAtLeftBehind(
  deps: {readonly engine: Engine; readonly clock: Clock},
  {plan, containers: before}: PlannedChange,
  consent: readonly string[],
): Promise<LeftBehind> {
  try {
    return leftBehind(plan, before, await settled(deps, plan.project), consent)
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    const {mend} = leftBehind(plan, before, before, consent)
    return {found: [`what Compose left cannot be seen: ${error.message}`], mend}
  }
}
