import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest'
import {createRunSilences} from '../../../../src/adapters/alertmanager/run-silences.js'
import {leasedComment} from '../../../../src/domain/alerts/silence-lease.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {aSilence, fakeAlerts} from '../../../support/fakes/alerts.js'
import {fakeClock} from '../../../support/fakes/clock.js'

const RUN = '01ARZ3NDEKTSV4RRFFQ69G5F01'
const UNTIL = '2026-01-01T02:00:00.000Z'
const endsAt = '2026-01-01T00:05:00.000Z'
const leased = aSilence({id: 'mine', comment: leasedComment('x', {runId: RUN, until: UNTIL}), endsAt})
const manual = aSilence({id: 'manual'})
const gone = () => Promise.reject(new FaciError('unreachable', 'Alertmanager is away'))

function world() {
  const alerts = fakeAlerts([], [leased, manual])
  const clock = fakeClock()
  return {alerts, clock, silences: createRunSilences({alerts, clock, everySeconds: 60})}
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the silences of a run', () => {
  it('are renewed while it lives, those of nobody else', async () => {
    const {alerts, clock, silences} = world()
    const end = silences.keep(RUN)
    clock.advance(60)
    await vi.advanceTimersByTimeAsync(60_000)
    clock.advance(60)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(alerts.wishes.map((wish) => [wish.id, wish.endsAt])).toEqual([
      ['mine', '2026-01-01T00:06:00.000Z'],
      ['mine', '2026-01-01T00:07:00.000Z'],
    ])
    await end()
  })

  it('end with it, and are renewed no more', async () => {
    const {alerts, clock, silences} = world()
    expect(await silences.keep(RUN)()).toEqual({ended: 1, problem: null})
    expect((await alerts.silences()).map(({id}) => id)).toEqual(['manual'])
    clock.advance(60)
    await vi.advanceTimersByTimeAsync(180_000)
    expect(alerts.wishes).toEqual([])
  })

  it('are waited for when one is just being renewed', async () => {
    const {alerts, clock} = world()
    let release: () => void = () => undefined
    const slow = new Promise<void>((resolve) => (release = resolve))
    clock.advance(60)
    const silence: typeof alerts.silence = async (wish) => {
      await slow
      return alerts.silence(wish)
    }
    const ending = createRunSilences({alerts: {...alerts, silence}, clock, everySeconds: 60}).keep(RUN)()
    await vi.advanceTimersByTimeAsync(10)
    release()
    expect(await ending).toEqual({ended: 1, problem: null})
    expect((await alerts.silences()).map(({id}) => id)).toEqual(['manual'])
  })

  it('stop no run when Alertmanager is away; what is known of is told', async () => {
    const {alerts, clock} = world()
    const away = createRunSilences({alerts: {...alerts, silences: gone}, clock, everySeconds: 60})
    expect(await away.keep(RUN)()).toEqual({ended: 0, problem: null})
    let calls = 0
    const leaving = {...alerts, silences: () => ((calls += 1) === 1 ? alerts.silences() : gone())}
    const end = createRunSilences({alerts: leaving, clock, everySeconds: 60}).keep(RUN)
    await vi.advanceTimersByTimeAsync(1)
    expect(await end()).toEqual({ended: 0, problem: 'Alertmanager is away'})
  })

  it('that cannot be ended are told', async () => {
    const {alerts, clock} = world()
    const stubborn = createRunSilences({alerts: {...alerts, expireSilence: gone}, clock, everySeconds: 60})
    expect(await stubborn.keep(RUN)()).toEqual({ended: 0, problem: 'Alertmanager did not end all of them'})
  })
})
