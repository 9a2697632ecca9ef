import type {Fault, FaultText} from '../../domain/findings/finding.js'

/** The members of the union that may have this rule, or this `what`: one may have several. */
type OfRule<F extends Fault, R> = F extends {readonly rule: infer Y} ? (R extends Y ? F : never) : never
type OfWhat<F extends Fault, W> = F extends {readonly what: infer Y} ? (W extends Y ? F : never) : never

type Row<F> = FaultText | ((fault: F) => FaultText)
type RowsOf<F extends Fault> = [F] extends [{readonly what: string}]
  ? {readonly [W in F['what']]: Row<OfWhat<F, W>>}
  : Row<F>

/** Words for each rule, and for each `what` of a rule that has several: a new one does not compile without. */
export type FaultWords<F extends Fault> = {readonly [R in F['rule']]: RowsOf<OfRule<F, R>>}

export function faultText<F extends Fault>(words: FaultWords<F>, fault: F): FaultText {
  const row = words[fault.rule as F['rule']] as Row<F> | Readonly<Record<string, Row<F>>>
  const found = (fault.what === undefined ? row : (row as Readonly<Record<string, Row<F>>>)[fault.what]) as Row<F>
  return typeof found === 'function' ? found(fault) : found
}
