import type {Interval} from '../../domain/oncall/interval.js'
import type {Rota} from '../../domain/oncall/rota.js'
import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {CalledPerson} from '../../domain/incidents/announcement.js'
import type {OncallReport} from '../../domain/oncall/oncall-report.js'
import type {App} from '../app/app-ports.js'
import {plannedMoment} from '../flags/flags.js'

const WEEK_MS = 7 * 86_400_000
/** Longer than anybody plans, and short enough to be counted out. */
const MOST_MS = 5 * 366 * 86_400_000

/**
 * The rota of faci.yml, or of the file that it names, with what was decided since; null: it has none. Throws `configInvalid`, and
 * `unreachable` where a decision cannot be read.
 */
export async function readRota({config, overrides}: Pick<App, 'config' | 'overrides'>): Promise<Rota | null> {
  if (config.oncall === null) return null
  const [written, decided, {rotaInForce}] = await Promise.all([
    config.oncall.read(),
    overrides(),
    import('../../usecases/oncall/rota-in-force.js'),
  ])
  return rotaInForce(written, decided)
}

/** Who is on call now; null: there is no rota. What counts hours and zones is loaded only when it is asked. */
export function oncallNow(app: App): (() => Promise<OncallReport>) | null {
  if (app.config.oncall === null) return null
  return async () => {
    const [{reportOncall}, rota, at] = await Promise.all([
      import('../../usecases/oncall/report-oncall.js'),
      readRota(app),
      oncallMoment(app, undefined),
    ])
    return reportOncall({rota, at}).data
  }
}

/** Whom a notice calls; null: nobody, or the rota cannot be read, which holds up no notice. */
export function oncallPerson(app: App): () => Promise<CalledPerson | null> {
  return async () => {
    try {
      const [rota, at] = [await readRota(app), await oncallMoment(app, undefined)]
      if (rota === null) return null
      const {onCallAt} = await import('../../domain/oncall/shifts.js')
      const name = onCallAt(rota, at)?.person
      return rota.people.find((person) => person.name === name) ?? null
    } catch (error) {
      rethrowBugOrInterrupt(error)
      return null
    }
  }
}

/** Those of the rota, as they can be reached; none where it cannot be read, which holds up no notice either. */
export async function peopleOfRota(app: App): Promise<Rota['people']> {
  try {
    return (await readRota(app))?.people ?? []
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return []
  }
}

/** Who is on call next, and takes over; null: nobody, or there is no rota. */
export async function incomingPerson(app: App): Promise<string | null> {
  const rota = await readRota(app)
  if (rota === null) return null
  const {dutyAt} = await import('../../domain/oncall/duty.js')
  return dutyAt(rota, await oncallMoment(app, undefined)).next?.person ?? null
}

/** Who takes over, as the rota writes them. Errors: `notFound` for who is not in it; where there is no rota, a warning says that nobody looked. */
export async function takingOver(
  {config}: App,
  typed: string,
): Promise<{readonly to: string; readonly warnings: readonly string[]}> {
  if (config.oncall === null)
    return {to: typed, warnings: [`faci.yml has no rota: whether ${typed} is one of the team was not checked`]}
  const [rota, {namedPerson}] = await Promise.all([
    config.oncall.read(),
    import('../../usecases/oncall/named-person.js'),
  ])
  return {to: namedPerson(rota, typed), warnings: []}
}

/** As the rota writes them, whoever of it is meant; others as typed. A rota that cannot be read holds up no incident. Errors: `usage` where several may be meant. */
export async function namedInRota<N extends string | undefined>(
  {config}: App,
  typed: readonly N[],
): Promise<readonly N[]> {
  if (config.oncall === null || typed.every((name) => name === undefined)) return typed
  const reading = config.oncall.read().catch((error: unknown) => {
    rethrowBugOrInterrupt(error)
    return null
  })
  const [rota, {ownerNamed}] = await Promise.all([reading, import('../../usecases/oncall/named-person.js')])
  return typed.map((name) => (name === undefined ? name : (ownerNamed(rota?.people ?? [], name) as N)))
}

/** Whoever acts, as the rota writes them; where several may be meant, as this machine does. */
export async function operatorInRota(app: App): Promise<string> {
  const {name} = await app.operator()
  const [found = name] = await namedInRota(app, [name]).catch((error: unknown) => {
    rethrowBugOrInterrupt(error)
    return [name]
  })
  return found
}

/** Epoch ms. */
export async function oncallMoment(app: App, typed: string | undefined): Promise<number> {
  return typed === undefined ? (await app.clock()).now().getTime() : (await plannedMoment(app, typed)) * 1000
}

interface Asked {
  readonly weeks: number
  readonly from: string | undefined
  readonly to: string | undefined
}

/** What of the rota is asked for. Throws `usage` where it has no beginning before its end, or is too long. */
export async function oncallInterval(app: App, {weeks, from, to}: Asked): Promise<Interval> {
  const start = await oncallMoment(app, from)
  const end = to === undefined ? start + weeks * WEEK_MS : await oncallMoment(app, to)
  if (end <= start) {
    throw new FaciError('usage', '--to is not after --from', {
      suggestions: ['give --to a later time, such as 2027-01-31'],
    })
  }
  if (end - start <= MOST_MS) return {start, end}
  throw new FaciError('usage', 'that is more than five years', {suggestions: ['ask for a shorter time']})
}
