/** What could not be kept before containers were removed, and why. `told` is a sentence of a journal of before December 2026. */
export type EvidenceProblem =
  /** The log did not come in this time. */
  | {readonly why: 'logCut'; readonly container: string; readonly seconds: number}
  /** Its log is kept without knowing what is secret in it. */
  | {readonly why: 'secretsUnknown'; readonly container: string}
  /** `container`: null where none could be listed. `text`: the message of an error. */
  | {readonly why: 'notKept'; readonly container: string | null; readonly text: string}
  | {readonly why: 'told'; readonly text: string}

/** In English, for what a direct change says. */
export function evidenceProblemText(problem: EvidenceProblem): string {
  switch (problem.why) {
    case 'logCut':
      return `${problem.container}: the log was cut: it did not come within ${String(problem.seconds)} s`
    case 'secretsUnknown':
      return `${problem.container}: its log is kept without knowing what is secret in it: read it before you pass it on`
    case 'notKept':
      return problem.container === null ? problem.text : `${problem.container}: ${problem.text}`
    case 'told':
      return problem.text
  }
}
