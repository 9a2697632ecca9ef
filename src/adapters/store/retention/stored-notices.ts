import {join} from 'node:path'
import type {StoredNotice} from '../../../domain/retention/stored.js'
import {ulidTime} from '../../../domain/time/ulid-time.js'
import {fileName} from '../../../files/file-name.js'
import type {Removal} from '../../../ports/store-keeper.js'
import {parseOutboxEntry} from '../outbox-entry.js'
import {readPlain} from '../plain-file.js'
import {barrierAt, type Entry, entriesOf, entryAt, versionOf} from './folder-entries.js'
import {DRAFT, NOTICE_FILE, ULID} from './names.js'
import {removeFile} from './remove-folder.js'

/** Where a notice is a record: delivered, or given up. What was folded into another stays. */
const RECORDS = ['delivered', 'dropped']
const ULID_LENGTH = 26
const JSON_FILE = '.json'

function baseOf(name: string): string {
  return name.slice(0, ULID_LENGTH)
}

/** As the outbox calls it; one that was set aside by its file's name. */
function idOf(name: string): string {
  const [, id = name, mark] = NOTICE_FILE.exec(name) ?? []
  return mark === undefined ? id : name
}

function storedNotice(entry: Entry, barrier: string | null): StoredNotice {
  const {name, bytes, mtimeMs} = entry
  const lastAt = new Date(Math.max(ulidTime(baseOf(name)), mtimeMs)).toISOString()
  return {id: idOf(name), bytes, files: 1, version: versionOf([entry]), barrier, lastAt}
}

interface FoundNotices {
  readonly notices: readonly StoredNotice[]
  readonly foreign: readonly string[]
}

async function recordsIn(outbox: string, place: string): Promise<FoundNotices> {
  const folder = join(outbox, place)
  const [entries, barrier] = await Promise.all([entriesOf(folder), barrierAt(folder)])
  const isNotice = ({name, kind}: Entry): boolean => kind === 'file' && NOTICE_FILE.test(name)
  const foreign = entries.filter((entry) => !isNotice(entry) && !DRAFT.test(entry.name))
  return {
    notices: entries.filter(isNotice).map((entry) => storedNotice(entry, barrier)),
    foreign: foreign.map(({name}) => `outbox/${place}/${name}`),
  }
}

export async function storedNotices(outbox: string): Promise<FoundNotices> {
  const found = await Promise.all(RECORDS.map((place) => recordsIn(outbox, place)))
  const notices = found.flatMap((one) => one.notices)
  return {
    notices: notices.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    foreign: found.flatMap((one) => one.foreign),
  }
}

function recordFile(id: string): string {
  return NOTICE_FILE.test(id) ? id : fileName(id) + JSON_FILE
}

export async function removeNotice(outbox: string, id: string, version: string): Promise<Removal> {
  for (const place of RECORDS) {
    const removal = await removeFile(join(outbox, place), recordFile(id), version)
    if (removal !== 'gone') return removal
  }
  return 'gone'
}

export async function isNoticeThere(outbox: string, id: string): Promise<boolean> {
  const found = await Promise.all(RECORDS.map((place) => entryAt(join(outbox, place), recordFile(id))))
  return found.some((entry) => entry !== null)
}

export interface WaitingNotices {
  /** Their own ids, and what those refer to. */
  readonly ids: readonly string[]
  /** Of these something else may be there by another name: a summary, a copy for the fallback channel. */
  readonly bases: ReadonlySet<string>
  readonly threads: ReadonlySet<string>
}

async function referredTo(path: string, id: string): Promise<{ids: readonly string[]; thread: string | null}> {
  try {
    const entry = parseOutboxEntry(await readPlain(path), id)
    if (entry === null) return {ids: [], thread: null}
    const {notice, fallback} = entry
    const ids = [fallback?.noticeId, notice.insteadOf?.id, ...(notice.folds ?? [])]
    return {ids: ids.filter((one) => one !== undefined), thread: notice.thread}
  } catch {
    return {ids: [], thread: null}
  }
}

/** Whatever waits, also what cannot be read. */
export async function waitingNotices(outbox: string): Promise<WaitingNotices> {
  const [waiting, aside] = await Promise.all([entriesOf(outbox), entriesOf(join(outbox, 'corrupt'))])
  const files = waiting.filter(({name, kind}) => kind === 'file' && name.endsWith(JSON_FILE))
  const ids = files.map(({name}) => name.slice(0, -JSON_FILE.length))
  const read = await Promise.all(ids.map((id) => referredTo(join(outbox, id + JSON_FILE), id)))
  const all = [...ids, ...read.flatMap((one) => one.ids), ...aside.map(({name}) => name)]
  return {
    ids: all,
    bases: new Set(all.map(baseOf).filter((base) => ULID.test(base))),
    threads: new Set(read.flatMap(({thread}) => thread ?? [])),
  }
}

/** Of these ids, those that something still asks for by itself or by a name that is made of it. */
export function neededIds(
  notices: readonly StoredNotice[],
  {ids, bases}: Pick<WaitingNotices, 'ids' | 'bases'>,
): readonly string[] {
  const named = new Set(ids)
  return notices.map(({id}) => id).filter((id) => named.has(id) || bases.has(baseOf(id)))
}
