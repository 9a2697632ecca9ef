import type {OverrideReport} from '../../domain/oncall/override-report.js'
import type {Result} from '../../domain/result.js'
import {overridePlanText, overrideText} from '../../render/oncall/override.js'
import type {DecideDeps, DecideInput} from '../../usecases/oncall/decide-override.js'
import type {App} from '../app/app-ports.js'
import {interruptible} from '../process/interruptible.js'
import {decideInput, type DecisionFlags} from '../wiring/override-wiring.js'
import {shiftRecorded} from '../wiring/shift-record.js'
import {planOnStderr} from './alert-change.js'
import {BaseCommand} from './base-command.js'

interface Flags extends DecisionFlags {
  readonly utc: boolean
  readonly config: string | undefined
  readonly json: boolean
}

/** What the commands share that decide who is on call. */
export abstract class OverrideCommand extends BaseCommand {
  protected async decide<I extends object>(
    flags: Flags,
    read: (app: App) => Promise<I>,
    decide: (deps: DecideDeps, input: DecideInput & I) => Promise<Result<OverrideReport>>,
  ): Promise<void> {
    const app = await this.open(flags)
    const input = {...(await decideInput(app, flags)), ...(await read(app))}
    const [overrides, clock, prompt] = await Promise.all([app.overrides(), app.clock(), app.prompt()])
    const showPlan = planOnStderr(app, this.terminal, flags.json, overridePlanText)
    const deps = {overrides, clock, prompt, showPlan}
    const decided = await interruptible(({signal}) => decide(deps, {...input, signal}))
    this.present('oncall-override', await shiftRecorded(app, decided), overrideText)
  }
}
