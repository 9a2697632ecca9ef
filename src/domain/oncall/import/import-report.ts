import type {ImportFinding, Tool} from './source-rota.js'
import type {RotaDocument} from './rota-document.js'

/** A finding, and the entry of its part that it stands before. */
export interface PlacedFinding extends ImportFinding {
  readonly before: number
}

export interface ImportReport {
  readonly tool: Tool
  readonly schedule: string
  /** Null: nothing of it could be carried over, or there is nothing. */
  readonly rota: RotaDocument | null
  readonly findings: readonly PlacedFinding[]
  /** What was over already, and is left out. */
  readonly ended: {readonly rotations: number; readonly overrides: number}
}
