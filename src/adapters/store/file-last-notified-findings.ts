import {join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {LastNotifiedFindings, Remembered} from '../../ports/last-notified-findings.js'
import type {Clock} from '../../ports/clock.js'
import type {Lease, Leases} from '../../ports/lease.js'
import {fileName} from '../../files/file-name.js'
import {makeDirectory, replaceInStore} from './private-files.js'
import {ownersOf, readOwnFile} from './read-own-file.js'
import {moveInto} from './set-aside.js'
import {command} from '../../domain/text/shell-command.js'

export interface LastNotifiedFindingsOptions {
  readonly directory: string
  /** Leases kept in that directory: one for each check. */
  readonly claims: Leases
  readonly clock: Clock
}

/** A check that is at it sends one notice; that has its own deadline. */
const PATIENCE_SECONDS = 30
const POLL_SECONDS = 0.2

const MAX_BYTES = 1024 * 1024
const NOTHING: Remembered = {told: '', telling: null}
/** Before a notice that was about to be handed over: one line of JSON. */
const TELLING = '#telling '

function parse(content: string): Remembered {
  if (!content.startsWith(TELLING)) return {told: content, telling: null}
  try {
    const {text, noticeId, told} = JSON.parse(content.slice(TELLING.length)) as Readonly<Record<string, unknown>>
    if (typeof text !== 'string' || typeof noticeId !== 'string' || !/^\w+$/.test(noticeId)) return NOTHING
    return {told: typeof told === 'string' ? told : '', telling: {text, noticeId}}
  } catch {
    return NOTHING
  }
}

/** One that cannot be read is moved out of the way: to be told twice is better than not at all. */
async function read(directory: string, path: string): Promise<string> {
  const file = await readOwnFile(path, MAX_BYTES, await ownersOf(directory))
  if (file.kind === 'text') return file.text
  if (file.kind !== 'missing') await moveInto(join(directory, 'corrupt'), path)
  return ''
}

async function claim({claims, clock}: LastNotifiedFindingsOptions, check: string): Promise<Lease> {
  const deadline = clock.monotonicSeconds() + PATIENCE_SECONDS
  for (;;) {
    try {
      return await claims.take(check, {
        reason: command`faci check ${check}`,
        runId: null,
        takeover: 'the check before was ended',
      })
    } catch (error) {
      const isHeld = error instanceof FaciError && error.code === 'locked'
      if (!isHeld || clock.monotonicSeconds() >= deadline) throw error
      await clock.sleep(POLL_SECONDS)
    }
  }
}

/** One small file for each check. */
export function fileLastNotifiedFindings(options: LastNotifiedFindingsOptions): LastNotifiedFindings {
  const {directory} = options
  return {
    update: async (check, work) => {
      await makeDirectory(directory)
      const lease = await claim(options, check)
      try {
        const path = join(directory, `${fileName(check)}.txt`)
        const content = await read(directory, path)
        const before = parse(content)
        let kept = content
        const keep = (text: string): Promise<void> => replaceInStore(path, (kept = text))
        const after = await work(before, (text, noticeId) =>
          keep(`${TELLING}${JSON.stringify({text, noticeId, told: before.told})}\n`),
        )
        if (after !== kept) await keep(after)
      } finally {
        await lease.release()
      }
    },
  }
}
