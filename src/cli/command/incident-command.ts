import type {IncidentAct} from '../../domain/incidents/incident-act.js'
import type {Result} from '../../domain/result.js'
import type {IncidentReport} from '../../domain/incidents/incident-report.js'
import {incidentDoneText} from '../../render/incidents/incident.js'
import {wordedIncident} from '../../render/incidents/worded-incident.js'
import {actOnIncident} from '../../usecases/incidents/act-on-incident.js'
import type {App} from '../app/app-ports.js'
import {refuseReadOnly} from '../process/read-only.js'
import {incidentPlace, tellDeps} from '../wiring/incident-wiring.js'
import {BaseCommand} from './base-command.js'
import {typedAgain} from './typed-again.js'

interface ActFlags {
  readonly utc: boolean
  readonly config: string | undefined
  readonly json: boolean
  readonly quiet?: boolean
}

/** What the commands that write to an incident share. */
export abstract class IncidentCommand extends BaseCommand {
  protected presentDone(result: Result<IncidentReport>): void {
    this.present('incident', wordedIncident(result), incidentDoneText)
  }

  protected async act(
    name: string | undefined,
    flags: ActFlags,
    act: (app: App) => Promise<IncidentAct> | IncidentAct,
  ): Promise<void> {
    refuseReadOnly(process.env)
    const app = await this.open(flags)
    const deps = await tellDeps(app, this.terminal, {json: flags.json, quiet: flags.quiet ?? false})
    const input = {
      ...(await incidentPlace(app)),
      name: name ?? null,
      act: await act(app),
      again: typedAgain(this, this.ctor, app, name),
    }
    this.presentDone(await actOnIncident(deps, input))
  }
}
