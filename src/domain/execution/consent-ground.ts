/** A file of `uses:`, as the runbook names it. */
export interface UsedFile {
  readonly file: string
  /** SHA-256 of its content, in hex. */
  readonly digest: string
  /** False for what nobody can read: a compiled program, an archive. */
  readonly isText: boolean
}

/** As a person is shown it: `fix sha256:… (not text: nobody can read it)`. */
export function usedFileText({file, digest, isText}: UsedFile): string {
  return `${file} sha256:${digest}${isText ? '' : ' (not text: nobody can read it)'}`
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
