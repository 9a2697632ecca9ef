import type {IsoTime} from '../time/iso-time.js'
import type {Alert} from './alert.js'

export interface AlertList {
  readonly at: IsoTime
  readonly alerts: readonly Alert[]
}
