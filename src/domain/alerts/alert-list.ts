import type {IsoTime} from '../time/iso-time.js'
import type {AlertBoard} from './alert-board.js'

export interface AlertList extends AlertBoard {
  readonly at: IsoTime
}
