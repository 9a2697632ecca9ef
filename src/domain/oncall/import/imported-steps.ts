import type {EscalationStep} from '../rota.js'
import type {PlacedFinding} from './import-report.js'
import {finding, type SourceStep} from './source-rota.js'

export interface ImportedSteps {
  /** People are ids. */
  readonly steps: readonly EscalationStep[]
  readonly findings: readonly PlacedFinding[]
}

/**
 * Steps that faci can take. Where one is left out, the step before waits for its time as well, so that whoever follows is notified when they
 * were there; before the first there is nothing that could wait, which is told.
 */
export function importedSteps(escalation: readonly SourceStep[]): ImportedSteps {
  const steps: EscalationStep[] = []
  const findings: PlacedFinding[] = []
  const lastTaken = escalation.findLastIndex(({notify}) => notify !== null)
  for (const [at, {notify, withinSeconds, about}] of escalation.entries()) {
    const name = `step ${String(at + 1)}`
    if (notify !== null) {
      const target = notify.kind === 'current' ? notify : {kind: 'person' as const, name: notify.id}
      steps.push({notify: target, withinSeconds})
      continue
    }
    const before = steps.length
    findings.push({...finding('step', 'escalation', name, about), before})
    if (at > lastTaken) continue
    const last = steps.pop()
    const kind = last === undefined ? 'stepEarlier' : 'stepWait'
    findings.push({...finding(kind, 'escalation', name, withinSeconds), before})
    if (last !== undefined) steps.push({...last, withinSeconds: last.withinSeconds + withinSeconds})
  }
  return {steps, findings}
}
