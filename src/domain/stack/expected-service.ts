/** A service that the Compose file wants to be there: of no profile that is off. */
export interface ExpectedService {
  readonly service: string
  /** How many containers the file asks for; 0: none is wanted. */
  readonly replicas: number
  /** It runs to its end: exit code 0 is what is wanted of it. */
  readonly isJob: boolean
}
