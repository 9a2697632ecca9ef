import type {IncidentWords} from '../../domain/incidents/incident-words.js'
import type {ScreenTimes} from '../../domain/time/screen-times.js'
import type {PostmortemWords} from '../words/postmortem-words.js'

/** How a post-mortem speaks: its language, and the zone of its times. */
export interface Look {
  readonly words: PostmortemWords
  readonly incidents: IncidentWords
  readonly times: ScreenTimes
}
