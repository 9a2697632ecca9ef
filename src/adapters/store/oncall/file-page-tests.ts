import {join} from 'node:path'
import {FaciError} from '../../../domain/errors.js'
import {isMissing} from '../../../files/atomic-file.js'
import {fileName} from '../../../files/file-name.js'
import type {Clock} from '../../../ports/clock.js'
import type {Ids} from '../../../ports/ids.js'
import type {PageTest, PageTests, TestAcknowledgement} from '../../../ports/page-tests.js'
import {namesIn} from '../names-in.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
import {publishWhole} from '../publish-whole.js'
import {type Check, listOf, shape, text, time} from '../shape.js'

export interface FilePageTestsOptions {
  /** `.faci/oncall/tests`. */
  readonly directory: string
  readonly clock: Clock
  readonly ids: Ids
}

/** A folder for each test: `test.json`, and `<person>.ack` for each who acknowledged. */
const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/
const ACK = '.ack'
const isTest = shape({id: text, at: time, people: listOf(text)})
const isAck = shape({person: text, at: time})

/** null: it is not there, or not what was written. */
async function read<T>(path: string, check: Check): Promise<T | null> {
  try {
    const value: unknown = JSON.parse(await readPlain(path))
    return check(value) ? (value as T) : null
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

async function find(directory: string, typed: string | null): Promise<PageTest | null> {
  const ids = (await namesIn(directory)).filter((name) => ULID.test(name)).sort()
  const found = typed === null ? ids.slice(-1) : ids.filter((id) => id.includes(typed.toUpperCase()))
  const [id] = found
  if (found.length > 1) throw new FaciError('usage', `${String(found.length)} tests have ${typed ?? ''} in their id`)
  return id === undefined ? null : read<PageTest>(join(directory, id, 'test.json'), isTest)
}

/** Tests as files that are never changed. */
export function filePageTests({directory, clock, ids}: FilePageTestsOptions): PageTests {
  return {
    begin: async (people) => {
      const test = {id: ids.next(), at: clock.now().toISOString(), people}
      await publishWhole(join(directory, test.id), 'test.json', `${JSON.stringify(test)}\n`)
      return test
    },
    find: (id) => find(directory, id),
    acknowledge: async (id, person) => {
      const ack: TestAcknowledgement = {person, at: clock.now().toISOString()}
      await publishWhole(join(directory, id), `${fileName(person)}${ACK}`, `${JSON.stringify(ack)}\n`)
    },
    acknowledgements: async (id) => {
      const names = (await namesIn(join(directory, id))).filter((name) => name.endsWith(ACK)).sort()
      const acks = await Promise.all(names.map((name) => read<TestAcknowledgement>(join(directory, id, name), isAck)))
      return acks.filter((ack) => ack !== null)
    },
  }
}
