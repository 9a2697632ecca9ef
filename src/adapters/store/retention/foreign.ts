import {join} from 'node:path'
import {isMoved} from '../moved-folder.js'
import {entriesOf} from './folder-entries.js'
import {ADOPTED_IN, DRAFT, PAGE_KEY, PLACES, ULID} from './names.js'

const HANDLE = /^INC-\d+$/

/** What else may lie in a place, besides folders that are listed. */
const OWN: Readonly<Record<string, (name: string) => boolean>> = {
  '': () => false,
  outbox: (name) => name.endsWith('.json'),
  oncall: () => false,
  incidents: (name) => ULID.test(name),
  runs: (name) => ULID.test(name),
  'incidents/handles': (name) => HANDLE.test(name),
  [ADOPTED_IN]: (name) => PAGE_KEY.test(name),
  'oncall/pages': (name) => ULID.test(name),
  'oncall/reminders': (name) => ULID.test(name),
  'oncall/tests': (name) => ULID.test(name),
  'outbox/roots': (name) => name.endsWith('.json'),
}

/** A link is nobody's who writes here, whatever it is called: it leads elsewhere. */
async function foreignIn(directory: string, place: string): Promise<readonly string[]> {
  const [known = [], isOwn = () => false] = [PLACES[place], OWN[place]]
  const entries = await entriesOf(join(directory, place))
  const foreign = entries.filter(({name, kind}) => {
    const isNamed = known.includes(name) || isOwn(name) || DRAFT.test(name) || isMoved(name)
    return kind === 'other' || !isNamed
  })
  return foreign.map(({name}) => (place === '' ? name : `${place}/${name}`))
}

/** What faci did not write, in the folders that hold runs, incidents and the like. */
export async function foreignEntries(directory: string): Promise<readonly string[]> {
  const found = await Promise.all(Object.keys(OWN).map((place) => foreignIn(directory, place)))
  return found.flat().sort()
}
