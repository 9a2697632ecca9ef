/** What a placeholder of PromQL may become where it stands. */
export type PlaceKind =
  /** In a string. */
  | 'text'
  /** In a string that is a regular expression, where the value is to be found as it is. */
  | 'pattern'
  | 'number'
  | 'duration'
  | 'label'
  | 'metric'
  /** In the middle of a number or a duration: `${n}m`. */
  | 'digits'
  /** In the middle of a name: `http_${kind}_total`. */
  | 'part'

/** Why a value cannot stand in the place of its name. */
export type FillProblem =
  | {readonly why: 'noValue'; readonly name: string}
  | {readonly why: 'unfitForPromql'; readonly name: string; readonly place: PlaceKind}
  /** It is empty, or `.` or `..`: another place than the one that is written. */
  | {readonly why: 'unfitForPath'; readonly names: readonly string[]}
  /** It is missing, or more than a header can hold. */
  | {readonly why: 'unfitForRequest'; readonly names: readonly string[]}
