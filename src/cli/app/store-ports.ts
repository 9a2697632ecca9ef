import {resolve} from 'node:path'
import type {MachineLocks} from '../../adapters/store/machine-locks.js'
import type {Config} from '../../config/config.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {Clock} from '../../ports/clock.js'
import type {IncidentStore} from '../../ports/incident-store.js'
import type {PageClaims} from '../../ports/page-claims.js'
import type {Leases} from '../../ports/lease.js'
import type {StoreKeeper} from '../../ports/store-keeper.js'
import type {PersonPorts, StorePorts, SystemPorts} from './app-ports.js'
import {dockerEngineId} from './docker-identity.js'
import {once} from './once.js'

/** Only a process that has opened the leases can hold one: nothing is loaded to find that out. */
type OnStart = Pick<Leases, 'keepFor'>

/** On Linux the first is emptied by every boot; the second is there for who may not make the first. */
const MACHINE_LOCKS = ['/run/lock/faci', '/tmp/faci-lock']

/** The lease of a project lies where every checkout and account of this machine looks. */
async function locksOfMachine(): Promise<MachineLocks> {
  const {machineLocks} = await import('../../adapters/store/machine-locks.js')
  const {FACI_LOCK_DIRECTORY: place} = process.env
  return machineLocks({directories: place ? [resolve(place)] : MACHINE_LOCKS, engineId: dockerEngineId})
}

interface Folder {
  readonly prepare: () => Promise<void>
}

interface StoreOptions extends Pick<PersonPorts, 'operator'> {
  readonly directory: string
  readonly secrets: Masker
}

/** As it stands under what is kept: who is only said to be there is told apart from whoever logged in. */
async function signature({operator}: Pick<PersonPorts, 'operator'>): Promise<string> {
  const {name, host, isVerified} = await operator()
  return `${name}@${host}${isVerified ? '' : ' (unverified)'}`
}

async function incidentStore(
  {directory, secrets, operator}: StoreOptions,
  {clock, ids}: Pick<SystemPorts, 'clock' | 'ids'>,
  {prepare}: Folder,
  leasesIn: LeasesIn,
): Promise<IncidentStore> {
  const {fileIncidents} = await import('../../adapters/store/incidents/file-incidents.js')
  const by = await signature({operator})
  const leases = (): Promise<Leases> => leasesIn(`${directory}/incidents`)
  const store = fileIncidents({directory, masker: secrets, clock: await clock(), ids: await ids(), by, leases})
  return {...store, open: (event) => prepare().then(() => store.open(event))}
}

type LeasesIn = (place: string) => Promise<Leases>

async function keeperOf(
  {directory, secrets, operator}: StoreOptions,
  clock: Clock,
  {prepare}: Folder,
  leasesIn: LeasesIn,
): Promise<StoreKeeper> {
  const {fileStoreKeeper} = await import('../../adapters/store/retention/file-store-keeper.js')
  const [leases, claims] = await Promise.all([leasesIn(directory), leasesIn(`${directory}/prunes`)])
  const by = await signature({operator})
  const keeper = fileStoreKeeper({directory, masker: secrets, clock, by, leases, claims})
  return {...keeper, claim: () => prepare().then(keeper.claim)}
}

/** What the rota keeps beside its file. */
function rotaPorts(
  {directory, operator}: Omit<StoreOptions, 'secrets'>,
  {clock, ids}: Pick<SystemPorts, 'clock' | 'ids'>,
  {folder, leasesIn}: {readonly folder: () => Promise<Folder>; readonly leasesIn: LeasesIn},
): Pick<StorePorts, 'adoptions' | 'overrides' | 'pageClaims' | 'pageTests' | 'reminders'> {
  const place = `${directory}/oncall`
  const claimsIn = async (kind: 'pages' | 'reminders' | 'adopted'): Promise<PageClaims> => {
    const {prepare} = await folder()
    const {filePageClaims} = await import('../../adapters/store/oncall/file-page-claims.js')
    const right = kind === 'adopted' ? 'pages' : kind
    const claims = filePageClaims({directory: `${place}/${kind}`, leases: await leasesIn(place), right})
    return {
      ...claims,
      claim: (one) => prepare().then(() => claims.claim(one)),
      alone: () => prepare().then(claims.alone),
    }
  }
  return {
    overrides: once(async () => {
      const {prepare} = await folder()
      const {fileOverrides} = await import('../../adapters/store/oncall/file-overrides.js')
      const options = {clock: await clock(), ids: await ids(), by: await signature({operator})}
      const leases = await leasesIn(place)
      const store = fileOverrides({directory: `${place}/overrides`, leases, ...options})
      return {...store, add: (decision) => prepare().then(() => store.add(decision))}
    }),
    pageTests: once(async () => {
      const {prepare} = await folder()
      const {filePageTests} = await import('../../adapters/store/oncall/file-page-tests.js')
      const tests = filePageTests({directory: `${place}/tests`, clock: await clock(), ids: await ids()})
      return {...tests, begin: (people) => prepare().then(() => tests.begin(people))}
    }),
    adoptions: once(() => claimsIn('adopted')),
    pageClaims: once(() => claimsIn('pages')),
    reminders: once(() => claimsIn('reminders')),
  }
}

export function storePorts(
  config: Config,
  secrets: Masker,
  {clock, ids}: SystemPorts,
  {operator}: PersonPorts,
): StorePorts & OnStart {
  const {storeDirectory: directory, storeGroup, trust} = config
  const folder = once(async () => {
    const {storeFolder} = await import('../../adapters/store/store-folder.js')
    const found = storeFolder(directory, trust, storeGroup)
    found.check()
    return {prepare: once(found.prepare)}
  })
  const leasesIn = async (place: string, machine?: MachineLocks): Promise<Leases> => {
    const {prepare} = await folder()
    const {fileLeases} = await import('../../adapters/store/file-lease.js')
    const options = {directory: place, clock: await clock(), operator: (await operator()).name}
    const leases = fileLeases(machine === undefined ? options : {...options, machine})
    return {...leases, take: (...request) => prepare().then(() => leases.take(...request))}
  }
  let opened: Promise<Leases> | undefined
  return {
    keepFor: async (pid, token) => (await opened)?.keepFor(pid, token) ?? (() => Promise.resolve()),
    journal: async <E extends {readonly kind: string}>() => {
      const {prepare} = await folder()
      const {jsonlJournal} = await import('../../adapters/store/jsonl-journal.js')
      const by = await signature({operator})
      const journal = jsonlJournal<E>({directory, masker: secrets, clock: await clock(), by})
      return {...journal, open: (...run) => prepare().then(() => journal.open(...run))}
    },
    incidents: once(async () => incidentStore({directory, secrets, operator}, {clock, ids}, await folder(), leasesIn)),
    ...rotaPorts({directory, operator}, {clock, ids}, {folder, leasesIn}),
    leases: () => (opened ??= locksOfMachine().then((machine) => leasesIn(directory, machine))),
    lastNotifiedFindings: once(async () => {
      const {fileLastNotifiedFindings} = await import('../../adapters/store/file-last-notified-findings.js')
      const place = `${directory}/checks`
      return fileLastNotifiedFindings({directory: place, claims: await leasesIn(place), clock: await clock()})
    }),
    storeKeeper: once(async () => keeperOf({directory, secrets, operator}, await clock(), await folder(), leasesIn)),
    unsharedStore: async () =>
      (await import('../../adapters/store/store-folder.js')).unsharedStore(directory, storeGroup),
    outbox: once(async () => {
      const {prepare} = await folder()
      const {fileOutbox} = await import('../../adapters/store/file-outbox.js')
      const place = `${directory}/outbox`
      const outbox = fileOutbox({directory: place, claims: await leasesIn(place)})
      return {...outbox, put: (notice, held) => prepare().then(() => outbox.put(notice, held))}
    }),
  }
}
