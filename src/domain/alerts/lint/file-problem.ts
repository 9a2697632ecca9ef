/** What in the form of a rule file Prometheus does not take. `key`: where it is said. */
export type FileProblem =
  | {readonly what: 'kind'; readonly key: string; readonly wanted: 'list' | 'map' | 'number' | 'text'}
  /** `within`: what has such keys. */
  | {
      readonly what: 'key'
      readonly key: string
      readonly within: 'file' | 'group' | 'rule'
      readonly near: string | null
      readonly known: readonly string[]
    }
  | {readonly what: 'duration'; readonly key: string; readonly text: string; readonly near: string | null}
  | {readonly what: 'groupName' | 'noName' | 'bothNames' | 'noExpression'}
  | {readonly what: 'groupTwice'; readonly name: string; readonly first: number}
  | {readonly what: 'recordField'; readonly key: string}
  | {readonly what: 'recordName' | 'labelName' | 'annotationName'; readonly name: string}

/** What is said of a file that Prometheus takes as it is: it has no rules, is for the Operator, or has documents that are never read. */
export type FileNote = 'nothing' | 'manifest' | 'documents'
