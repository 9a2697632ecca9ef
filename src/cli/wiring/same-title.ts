import type {NewTrouble} from '../../domain/incidents/relapse.js'
import {visible} from '../../domain/text/visible.js'
import {whereItBelongs} from '../../usecases/incidents/where-it-belongs.js'
import type {App} from '../app/app-ports.js'

const CHOICES = [
  {key: 'y', label: 'open another one'},
  {key: 'n', label: 'no, it is the same'},
] as const

/** Whether somebody at a terminal wants an incident beside an open one of the same title; nobody is asked elsewhere, and it is the same one then. */
export async function wantsAnother(app: App, trouble: NewTrouble): Promise<boolean> {
  const prompt = await app.prompt()
  if (!prompt.available || trouble.alerts.length > 0) return false
  const [store, clock] = await Promise.all([app.incidents(), app.clock()])
  const {watchSeconds} = app.config.incidents
  const belonging = await whereItBelongs(store, trouble, {now: clock.now(), watchSeconds})
  if (belonging.kind !== 'known') return false
  const {handle, owner, openedAt} = belonging.incident
  const since = `since ${app.times.minute(openedAt)}${owner === null ? '' : `, and ${visible(owner)} is on it`}`
  return (await prompt.choose(`${handle} with this title is open ${since}. Open another one?`, CHOICES, 'n')) === 'y'
}
