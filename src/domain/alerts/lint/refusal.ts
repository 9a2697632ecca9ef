import type {PromqlVersion} from '../../promql/functions.js'
import type {FilePlace} from '../../text/file-place.js'
import type {LoadFault} from './alert-fault.js'

/** What keeps Prometheus from loading a file, and which versions. */
export interface Refusal extends FilePlace {
  readonly file: string
  readonly fault: LoadFault
  readonly versions: readonly PromqlVersion[]
}
