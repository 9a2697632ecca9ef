import {describe, expect, it} from 'vitest'
import {leasedComment} from '../../../../src/domain/alerts/silence-lease.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {listSilences} from '../../../../src/usecases/alerts/list-silences.js'
import {unsilenceAlerts} from '../../../../src/usecases/alerts/unsilence-alerts.js'
import {anAlert, aSilence, fakeAlerts} from '../../../support/fakes/alerts.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {silencingDeps, unsilencingInput} from '../../../support/silencing.js'

const RUN = '01ARZ3NDEKTSV4RRFFQ69G5F01'
const LATER = '2026-01-01T03:00:00.000Z'
const byPattern = [{label: 'alertname', operator: '=~', value: 'API.*'}] as const
const SILENCES = [
  aSilence({id: 'one'}),
  aSilence({id: 'two', endsAt: LATER}),
  aSilence({id: 'wide', matchers: byPattern, comment: leasedComment('x', {runId: RUN, until: LATER})}),
]
const world = () => fakeAlerts([anAlert(), anAlert({name: 'Slow'})], SILENCES)
const left = async (alerts: ReturnType<typeof world>) => (await alerts.silences()).map(({id}) => id)

describe('ending silences', () => {
  it('ends the one with that id', async () => {
    const alerts = world()
    const {verdict, data} = await unsilenceAlerts(silencingDeps({alerts}), unsilencingInput({which: 'wide', yes: true}))
    expect({verdict, ended: data.ended}).toEqual({verdict: 'ok', ended: ['wide']})
    expect(await left(alerts)).toEqual(['one', 'two'])
  })

  it('ends all that are for an alert of that name, and none that only covers it too', async () => {
    const alerts = world()
    await unsilenceAlerts(silencingDeps({alerts}), unsilencingInput({which: 'APIDown', yes: true}))
    expect(await left(alerts)).toEqual(['wide'])
  })

  it('needs consent, and says what would be accepted', async () => {
    const alerts = world()
    const deps = silencingDeps({alerts})
    const {verdict, data} = await unsilenceAlerts(deps, unsilencingInput({}))
    expect(verdict).toBe('refused')
    expect(data.refusal?.accept).toBe('faci alerts unsilence APIDown --yes')
    expect(deps.shown).toMatchObject([{silences: [{id: 'one', alerts: 1}, {id: 'two'}]}])
    expect(await left(alerts)).toHaveLength(3)
  })

  it('changes nothing in a dry run', async () => {
    const alerts = world()
    const {data} = await unsilenceAlerts(silencingDeps({alerts}), unsilencingInput({yes: true, dryRun: true}))
    expect(data).toMatchObject({dryRun: true, ended: [], silences: [{id: 'one'}, {id: 'two'}]})
    expect(await left(alerts)).toHaveLength(3)
  })

  it('says what was probably meant', async () => {
    const ending = unsilenceAlerts(silencingDeps({alerts: world()}), unsilencingInput({which: 'APIDwn', yes: true}))
    await expect(ending).rejects.toMatchObject({
      code: 'notFound',
      message: expect.stringMatching(/: did you mean `APIDown`\?$/) as string,
      correction: {typed: 'APIDwn', meant: 'APIDown'},
      suggestions: ['faci alerts list --silences'],
    })
  })

  it('one that ended meanwhile is no failure', async () => {
    const expireSilence = (id: string) => Promise.reject(new FaciError('notFound', `no ${id}`))
    const deps = silencingDeps({alerts: {...world(), expireSilence}})
    expect(await unsilenceAlerts(deps, unsilencingInput({yes: true}))).toMatchObject({
      verdict: 'ok',
      data: {ended: []},
    })
  })

  it('is refused where only looking is allowed', async () => {
    const ending = unsilenceAlerts(silencingDeps({alerts: world()}), unsilencingInput({yes: true, readOnly: true}))
    await expect(ending).rejects.toMatchObject({code: 'refused'})
  })
})

describe('listing silences', () => {
  it('counts the active alerts that each covers, and knows whose run has it', async () => {
    const {data} = await listSilences({alerts: world(), clock: fakeClock()})
    expect(data.silences.map(({id, alerts, runId}) => [id, alerts, runId])).toEqual([
      ['one', 1, null],
      ['wide', 1, RUN],
      ['two', 1, null],
    ])
  })
})
