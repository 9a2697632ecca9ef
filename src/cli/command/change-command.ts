import type {StackChange} from '../../domain/change/change.js'
import type {ChangeEvent} from '../../domain/change/change-event.js'
import {changeText} from '../../render/change/change.js'
import {changePlanText} from '../../render/change/change-plan.js'
import {CHANGE} from '../../render/words/en/change.js'
import {changeStack} from '../../usecases/change/change-stack.js'
import type {ChangeStackDeps} from '../../usecases/change/change-stack.js'
import {planOnStderr} from './alert-change.js'
import {BaseCommand, PATIENT_SECONDS} from './base-command.js'
import type {ChangeFlags} from '../flags/change-flags.js'
import type {App} from '../app/app-ports.js'
import {interruptible} from '../process/interruptible.js'
import {checkoutOf} from '../wiring/checkout.js'
import {runMembership} from '../wiring/run-membership.js'

interface GlobalFlags {
  readonly utc: boolean
  readonly config: string | undefined
  readonly json: boolean
}

async function changeDeps(app: App, showPlan: ChangeStackDeps['showPlan']): Promise<ChangeStackDeps> {
  const [engine, compose, images, prober, logs, clock, progress, prompt, leases, ids, journal] = await Promise.all([
    app.engine(),
    app.compose(),
    app.images(),
    app.prober(),
    app.logs(),
    app.clock(),
    app.progress(),
    app.prompt(),
    app.leases(),
    app.ids(),
    app.journal<ChangeEvent>(),
  ])
  return {
    engine,
    compose,
    images,
    prober,
    logs,
    clock,
    progress,
    prompt,
    leases,
    ids,
    journal,
    showPlan,
    words: CHANGE,
  }
}

/** What `up`, `down`, `restart`, `stop`, `start` and `scale` share. */
export abstract class ChangeCommand extends BaseCommand {
  protected override readonly engineSeconds = PATIENT_SECONDS

  protected async change(change: StackChange, flags: ChangeFlags & GlobalFlags): Promise<void> {
    const app = await this.open(flags)
    const {config, healthEndpoints} = app
    const {environment, production} = config
    const place = await app.place()
    const deps = await changeDeps(app, planOnStderr(app, this.terminal, flags.json, changePlanText))
    const result = await interruptible(({signal}) =>
      changeStack(deps, {
        change,
        place: {project: place.project, isNamed: place.isNamed, ...checkoutOf(place), environment, production},
        endpoints: healthEndpoints,
        waitSeconds: flags.wait,
        yes: flags.yes,
        confirm: flags.confirm ?? null,
        approve: flags.approve ?? null,
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
