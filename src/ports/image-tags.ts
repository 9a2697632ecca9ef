/**
 * Names images of the engine, so that one is not lost when another takes its place. Every call has a deadline.
 * Errors: `unreachable`, `timedOut`, `badAnswer` (FaciError).
 */
export interface ImageTags {
  /** The id of the image that has this name; null when none has it. */
  readonly find: (reference: string) => Promise<string | null>
  /** Gives an image one more name, and takes that from the image that had it. */
  readonly tag: (imageId: string, reference: string) => Promise<void>
  /** Takes a name away, if an image has it; an image without any other name is removed with it. */
  readonly untag: (reference: string) => Promise<void>
}
