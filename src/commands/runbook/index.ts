import {Args} from '@oclif/core'
import {chosenRunbook, noted, withAlertInputs} from '../../cli/flags/alert-flags.js'
import {RunCommand} from '../../cli/command/run-command.js'
import {RUNBOOK_FLAGS} from '../../cli/flags/runbook-flags.js'
import {runIncident} from '../../cli/wiring/run-incident.js'
import {planDeps, prepareInput, runDeps} from '../../cli/wiring/runbook-wiring.js'
import {planRunbook} from '../../usecases/runbook/plan-runbook.js'
import {runRunbook} from '../../usecases/runbook/run-runbook.js'

export default class Runbook extends RunCommand {
  static override summary = 'run a runbook'
  static override description =
    'Diagnoses, then tries the mitigations in order until the incident is over, verifies that it is, and notifies people. Asks before each mitigation; journals everything. Without a name it offers the runbooks for the firing alerts.'
  static override examples = [
    {description: 'What it would do', command: '<%= config.bin %> runbook api-down --dry-run'},
    {description: 'Only look', command: '<%= config.bin %> runbook api-down --diagnose'},
    {description: 'For an alert', command: '<%= config.bin %> runbook --alert APIDown'},
    {description: 'Without questions', command: '<%= config.bin %> runbook api-down --yes'},
    {
      description: 'Roll back if it does not help, without a terminal',
      command: '<%= config.bin %> runbook high-error-rate --yes --rollback always',
    },
    {description: 'With an input', command: '<%= config.bin %> runbook high-latency --input window=1m'},
  ]

  static override args = {name: Args.string({description: 'runbook name', name: 'NAME'})}
  static override flags = RUNBOOK_FLAGS

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Runbook)
    const app = await this.open(flags)
    const chosen = await chosenRunbook(app, args.name, flags)
    const input = withAlertInputs(await prepareInput(app, chosen.name, flags), chosen)
    if (flags['dry-run']) {
      this.showPlan(flags, noted(await planRunbook(await planDeps(app), input), chosen))
      return
    }
    const incident = await runIncident(app, this.terminal, chosen.name, flags)
    const deps = await runDeps(app, this.terminal)
    const place = {...input.place, incident}
    await this.carryOut(flags, app.config, async (own) =>
      noted(await runRunbook(deps, {...input, place, ...own}), chosen),
    )
  }
}
