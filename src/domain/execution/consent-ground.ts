/** A file of `uses:`, as the runbook names it. */
export interface UsedFile {
  readonly file: string
  /** SHA-256 of its content, in hex. */
  readonly digest: string
}

/** What a run acts on, and with what, beyond its runbook: consent is to this too. */
export interface ConsentGround {
  readonly service: string
  /** Of Compose; not where its file lies, which a checkout of CI has somewhere else. */
  readonly project: string
  /** null: the engine does not tell, so nobody knows what would be changed. */
  readonly engineId: string | null
  readonly uses: readonly UsedFile[]
}
