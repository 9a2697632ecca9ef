import {dirname} from 'node:path'
import type {StackChange} from '../domain/stack/change.js'
import type {ChangeEvent} from '../domain/stack/change-event.js'
import {changeText} from '../render/text/change.js'
import {changePlanText} from '../render/text/change-plan.js'
import {changeStack} from '../usecases/stack/change-stack.js'
import type {ChangeStackDeps} from '../usecases/stack/change-stack.js'
import {planOnStderr} from './alert-change.js'
import {BaseCommand, PATIENT_SECONDS} from './base-command.js'
import type {ChangeFlags} from './change-flags.js'
import type {Container} from './container-ports.js'
import {interruptible} from './interruptible.js'
import {runMembership} from './run-membership.js'

interface GlobalFlags {
  readonly utc: boolean
  readonly config: string | undefined
  readonly json: boolean
}

async function changeDeps(container: Container, showPlan: ChangeStackDeps['showPlan']): Promise<ChangeStackDeps> {
  const [engine, compose, images, http, logs, clock, progress, prompt, leases, ids, journal] = await Promise.all([
    container.engine(),
    container.compose(),
    container.images(),
    container.http(),
    container.logs(),
    container.clock(),
    container.progress(),
    container.prompt(),
    container.leases(),
    container.ids(),
    container.journal<ChangeEvent>(),
  ])
  return {
    engine,
    compose,
    images,
    http,
    logs,
    clock,
    progress,
    prompt,
    leases,
    ids,
    journal,
    showPlan,
  }
}

/** What `up`, `down`, `restart`, `stop`, `start` and `scale` share. */
export abstract class ChangeCommand extends BaseCommand {
  protected override readonly engineSeconds = PATIENT_SECONDS

  protected async change(change: StackChange, flags: ChangeFlags & GlobalFlags): Promise<void> {
    const container = await this.open(flags)
    const {config, healthEndpoints} = container
    const {environment, production} = config
    const {files, project} = config.compose
    const deps = await changeDeps(container, planOnStderr(container, this.terminal, flags.json, changePlanText))
    const result = await interruptible(({signal}) =>
      changeStack(deps, {
        change,
        place: {project, files, directory: dirname(files[0] ?? config.file), environment, production},
        endpoints: healthEndpoints,
        waitSeconds: flags.wait,
        yes: flags.yes,
        confirm: flags.confirm ?? null,
        dryRun: flags['dry-run'],
        takeover: flags.takeover ?? null,
        ...runMembership(process.env),
        signal,
      }),
    )
    await deps.progress.pause()
    this.present('change', result, changeText)
  }
}
