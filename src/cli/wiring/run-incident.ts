import type {Runbook} from '../../domain/runbook/runbook.js'
import {isOver} from '../../domain/incidents/incident.js'
import {openIncident} from '../../usecases/incidents/open-incident.js'
import {whichIncident} from '../../usecases/incidents/which-incident.js'
import type {App} from '../app/app-ports.js'
import {isReadOnly} from '../process/read-only.js'
import type {Terminal} from '../process/terminal.js'
import {incidentPlace} from './incident-wiring.js'
import {openDeps} from './page-wiring.js'

interface IncidentChoice {
  /** `--incident`, as typed. */
  readonly incident: string | undefined
  readonly diagnose: boolean
  readonly yes: boolean
  readonly json: boolean
}

async function openFor(app: App, terminal: Terminal, json: boolean, runbook: Runbook): Promise<string> {
  const {title, severity, services, alerts: names} = runbook
  // Grave as the runbook says: which of its alerts fires is not asked.
  const alerts = names.map((name) => ({name, severity, priority: null, firingSince: null}))
  const deps = await openDeps(app, terminal, {json, quiet: false, alerts: names})
  const unsaid = {severity: null, impact: null, text: '', startedAt: null, detectedAt: null, isNew: false, runId: null}
  const input = {...(await incidentPlace(app)), ...unsaid, title, services, alerts}
  return (await openIncident(deps, input)).data.incident.id
}

/** Nobody is asked where something is open: the run is in its timeline by itself. */
async function isWanted(app: App, {diagnose, yes}: IncidentChoice): Promise<boolean> {
  const prompt = await app.prompt()
  if (!prompt.available || diagnose || yes || isReadOnly(process.env)) return false
  const {incidents} = await (await app.incidents()).list(0)
  if (incidents.some((incident) => !isOver(incident))) return false
  const choices = [
    {key: 'y', label: 'open one'},
    {key: 'n', label: 'no'},
  ]
  return (await prompt.choose('No incident is open. Open one for this run?', choices, 'n')) === 'y'
}

/** The id of the incident that a run belongs to: named, opened for it, or null. Errors: as `openIncident` and `whichIncident`. */
export async function runIncident(
  app: App,
  terminal: Terminal,
  name: string,
  choice: IncidentChoice,
): Promise<string | null> {
  const {incident, json} = choice
  if (incident === 'none') return null
  if (incident !== undefined && incident !== 'new') return whichIncident(await app.incidents(), incident)
  if (incident === undefined && !(await isWanted(app, choice))) return null
  const read = await (await app.library()).read(name)
  // One that is invalid is refused in a moment: no incident is opened for it.
  return read.kind === 'valid' ? openFor(app, terminal, json, read.runbook) : null
}
