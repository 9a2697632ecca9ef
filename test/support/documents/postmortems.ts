import type {Measurement} from '../../../src/domain/impact/measurement.js'
import {screenTimes} from '../../../src/domain/time/screen-times.js'
import {newPostmortem, postmortemBodies} from '../../../src/render/postmortem/postmortem-markdown.js'
import {postmortemPage} from '../../../src/render/postmortem/postmortem-page.js'
import {envelope} from '../../../src/render/json/envelope.js'
import type {PostmortemDocument} from '../../../src/render/json/documents.js'
import {POSTMORTEM} from '../../../src/render/words/en/postmortem.js'
import {ENGLISH} from '../../../src/render/words/words.js'
import {
  type PostmortemDeps,
  type PostmortemInput,
  writePostmortem,
} from '../../../src/usecases/postmortem/write-postmortem.js'
import {changeAction} from '../../../src/usecases/incidents/manage-actions.js'
import {aMeasurement} from '../builders/measurement.js'
import {fakeDocumentFiles, type FakeDocumentFiles} from '../fakes/document-files.js'
import {AGAIN, type IncidentScene, incidentScene} from '../incident-scene.js'
import {NOW} from './stack.js'

export const LOOK = {words: POSTMORTEM, incidents: ENGLISH.incidents, times: screenTimes('UTC')}

export interface PostmortemScene {
  readonly scene: IncidentScene
  readonly deps: PostmortemDeps
  readonly files: FakeDocumentFiles
  /** What was written as pages. */
  readonly pages: Map<string, string>
  readonly input: PostmortemInput
}

/** Without metrics, and with a store and files in memory. */
export function postmortemScene(): PostmortemScene {
  const scene = incidentScene()
  const files = fakeDocumentFiles()
  const pages = new Map<string, string>()
  const exports: PostmortemDeps['exports'] = {
    open: (path) => {
      let text = ''
      return Promise.resolve({
        write: (more: string) => {
          text += more
          return Promise.resolve()
        },
        commit: () => Promise.resolve(void pages.set(path, text)),
        discard: () => Promise.resolve(),
      })
    },
    makeFolder: () => Promise.resolve(),
  }
  const texts: PostmortemDeps['texts'] = {
    bodies: (report) => postmortemBodies(report, LOOK),
    document: (report, bodies) => newPostmortem(report, bodies, LOOK),
    page: (report, pieces) => postmortemPage(report, pieces, LOOK),
    person: POSTMORTEM.person,
  }
  return {
    ...{scene, files, pages, deps: {...scene.deps, files, exports, texts}},
    input: {
      ...{service: 'shop', updates: scene.place.updates, name: 'last', refresh: false, redact: false},
      ...{folder: 'postmortems', file: null, writes: true, page: null},
    },
  }
}

export async function measuredAs(scene: IncidentScene, measurement: Measurement): Promise<void> {
  const id = (await scene.deps.incidents.find('last')) ?? ''
  await scene.deps.incidents.append(id, [{kind: 'incident.measured', happenedAt: measurement.takenAt, measurement}])
}

const STARTED = '2026-11-28T05:50:00.000Z'

/** Opened at 06:00, for what began at 05:50; resolved at 06:15. */
export async function resolvedScene(): Promise<PostmortemScene> {
  const own = postmortemScene()
  const {scene} = own
  const {clock, act, deps} = scene
  const alerts = [{name: 'APIDown', severity: 'critical', priority: null, firingSince: '2026-11-28T06:00:00.000Z'}]
  await scene.open({alerts, services: ['api'], startedAt: STARTED, impact: 'nobody could log in'})
  await act({act: 'acknowledge', owner: 'ana', at: null})
  await act({act: 'update', text: '', changes: {commander: 'caio', scribe: 'davi'}, times: {}})
  await act({act: 'note', text: 'bia (bia@shop.com) restarted redis, @caio watched', at: STARTED})
  const {id} = (await act({act: 'note', text: 'rolling back', at: null})).data.incident
  const happenedAt = clock.now().toISOString()
  await deps.incidents.append(id, [
    {kind: 'alerts.silenced', happenedAt, silence: 's1', text: 'APIDown for 1h: deploy'},
    {kind: 'run.linked', happenedAt, runId: '01ARZ3NDEKTSV4RRFFQ69G5FAV'},
  ])
  clock.advance(15 * 60)
  await act({act: 'resolve', as: 'fixed', text: 'rolled back', at: null})
  const due = '2026-12-04T12:00:00.000Z'
  const change = (action: Parameters<typeof changeAction>[2]) =>
    changeAction(deps, {name: 'last', again: AGAIN}, action)
  await change({kind: 'add', text: 'alert on | errors', owner: 'bia', dueAt: due})
  await change({kind: 'add', text: 'raise the limit', owner: null, dueAt: null})
  await change({kind: 'change', number: 2, state: 'dropped', owner: null, dueAt: null})
  return own
}

async function written(
  {deps, input}: PostmortemScene,
  over: Partial<PostmortemInput> = {},
): Promise<PostmortemDocument> {
  const {data, ...result} = await writePostmortem(deps, {...input, ...over})
  return envelope('postmortem', {...result, data: data.report}, NOW)
}

/** Without figures, with frozen ones, with such as are in doubt, edited by people, spoiled, redacted, and a draft. */
export async function postmortemDocuments(): Promise<readonly PostmortemDocument[]> {
  const own = await resolvedScene()
  const {scene, files} = own
  const none = await written(own)
  await measuredAs(scene, aMeasurement({method: 'faci.impact/0'}))
  await measuredAs(scene, aMeasurement({takenAt: '2026-11-28T06:16:00.000Z'}))
  const frozen = await written(own, {page: 'inc-1.html'})
  const [path = '', text = ''] = [...files.kept][0] ?? []
  const spoiled = text.replace('## Impact', '## What it did').replace(/<!-- faci:end timeline -->\n/, '')
  files.kept.set(path, spoiled)
  const edited = await written(own)
  const redacted = await written(own, {redact: true, writes: false, page: 'for-others.html'})
  await scene.act({act: 'resolve', as: 'fixed', text: '', at: '2026-11-28T06:14:00.000Z'}, 'last')
  const late = {...aMeasurement(), ...{start: STARTED, end: '2026-11-28T06:13:00.000Z'}}
  await measuredAs(scene, {...late, method: 'faci.impact/0', warnings: ['partial answer']})
  const otherTimes = await written(own, {refresh: true})
  const open = postmortemScene()
  await open.scene.open()
  const draft = await written(open)
  return [none, frozen, edited, redacted, otherTimes, draft]
}
