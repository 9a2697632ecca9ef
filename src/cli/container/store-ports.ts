import type {Config} from '../../config/config.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {Leases} from '../../ports/lease.js'
import type {PersonPorts, StorePorts, SystemPorts} from '../container-ports.js'
import {once} from './once.js'

/** Only a process that has opened the leases can hold one: nothing is loaded to find that out. */
type OnStart = Pick<Leases, 'keepFor'>

export function storePorts(
  config: Config,
  secrets: Masker,
  {clock}: SystemPorts,
  {operator}: PersonPorts,
): StorePorts & OnStart {
  const directory = config.storeDirectory
  const leasesIn = async (place: string): Promise<Leases> => {
    const {fileLeases} = await import('../../adapters/store/file-lease.js')
    return fileLeases({directory: place, clock: await clock(), operator: (await operator()).name})
  }
  let opened: Promise<Leases> | undefined
  return {
    keepFor: async (pid) => (await opened)?.keepFor(pid) ?? (() => Promise.resolve()),
    journal: async <E extends {readonly kind: string}>() => {
      const {jsonlJournal} = await import('../../adapters/store/jsonl-journal.js')
      const {name, host} = await operator()
      return jsonlJournal<E>({directory, masker: secrets, clock: await clock(), by: `${name}@${host}`})
    },
    leases: () => (opened ??= leasesIn(directory)),
    checkMemory: once(async () => {
      const {fileCheckMemory} = await import('../../adapters/store/file-check-memory.js')
      const place = `${directory}/checks`
      return fileCheckMemory({directory: place, claims: await leasesIn(place), clock: await clock()})
    }),
    outbox: once(async () => {
      const {fileOutbox} = await import('../../adapters/store/file-outbox.js')
      const place = `${directory}/outbox`
      return fileOutbox({directory: place, claims: await leasesIn(place)})
    }),
  }
}
