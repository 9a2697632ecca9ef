import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {lookAtNotices} from '../../../../src/usecases/incidents/look-at-notices.js'
import {showIncident} from '../../../../src/usecases/incidents/show-incident.js'
import {DOWN} from '../../../support/fakes/notifier.js'
import {AGAIN, type IncidentScene, incidentScene} from '../../../support/incident-scene.js'

async function told({deps, place}: IncidentScene): Promise<string | undefined> {
  const {data} = await showIncident(deps, {name: '1', updates: place.updates, again: AGAIN})
  return data.timeline.find(({kind}) => kind === 'incident.announced')?.text
}

async function openedWhileDown(): Promise<{readonly scene: IncidentScene; readonly id: string}> {
  const scene = incidentScene()
  scene.slack.failNext(DOWN)
  await scene.open()
  const id = scene.outbox.entries()[0]?.notice.id
  if (id === undefined) throw new Error('a notice waits')
  return {scene, id}
}

const AFTER = {nextTryAt: null, message: null, unconfirmed: false, repeats: 0, isRoot: false}

describe('a notice that was not delivered at once', () => {
  it('waits, is refused, is delivered later', async () => {
    const {scene, id} = await openedWhileDown()
    expect(await told(scene)).toBe('Notice (opened): slack not delivered yet')
    const at = scene.clock.now().toISOString()
    await scene.outbox.record(id, {at, outcome: 'rejected', reason: null}, AFTER)
    expect(await told(scene)).toBe('Notice (opened): slack rejected')
    await scene.outbox.record(id, {at, outcome: 'delivered', reason: null}, AFTER)
    expect(await told(scene)).toBe('Notice (opened): slack delivered later')
  })

  it('is given up', async () => {
    const {scene, id} = await openedWhileDown()
    await scene.outbox.drop(id)
    expect(await told(scene)).toBe('Notice (opened): slack given up')
  })

  it('is what the notice came to that it was folded into', async () => {
    const {scene, id} = await openedWhileDown()
    const [entry] = scene.outbox.entries()
    if (entry === undefined) throw new Error('a notice waits')
    const whole = {...entry.notice, id: `${id}Z`, folds: [id]}
    await scene.outbox.fold(whole)
    expect(await told(scene)).toBe('Notice (opened): slack not delivered yet')
    const at = scene.clock.now().toISOString()
    await scene.outbox.record(whole.id, {at, outcome: 'delivered', reason: null}, AFTER)
    expect(await told(scene)).toBe('Notice (opened): slack delivered later')
  })

  it('is unknown where its record is gone, or the outbox cannot be read, which hides nothing else', async () => {
    const {scene} = await openedWhileDown()
    const gone = {...scene, deps: {...scene.deps, noticeRecords: () => Promise.resolve(incidentScene().outbox)}}
    expect(await told(gone)).toBe('Notice (opened): slack not known whether it was delivered')
    const noticeRecords = () => Promise.reject(new FaciError('unreachable', 'no such disk'))
    expect(await told({...scene, deps: {...scene.deps, noticeRecords}})).toBe(
      'Notice (opened): slack not known whether it was delivered',
    )
  })

  it('alone makes anybody look', async () => {
    const scene = incidentScene()
    await scene.open()
    const {entries} = await scene.deps.incidents.read((await scene.deps.incidents.find('1')) ?? '')
    const records = () => Promise.reject(new Error('nobody looks'))
    expect(await lookAtNotices(records, entries)).toEqual(new Map())
  })
})
