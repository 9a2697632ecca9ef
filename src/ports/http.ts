/** A request as a `health:` entry, a `resolved` condition or an http block makes it. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutSeconds: number
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** At most the first 512 KiB, as text: UTF-8, or UTF-16. */
  readonly body: string
  readonly durationSeconds: number
}

/**
 * Any status is an answer. Errors: `unreachable` (refused, reset), `noRoute` (unknown host, no network), `timedOut`, `badAnswer` (a body that
 * is not encoded as its header says). Redirects are not followed. An encoding that cannot be decoded stays in the headers, and the body as it is.
 */
export interface Http {
  readonly send: (request: HttpRequest, signal?: AbortSignal) => Promise<HttpAnswer>
}
