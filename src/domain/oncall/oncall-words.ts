/** What calendars and files for people say of a rota, in one language. */
export interface OncallWords {
  /** Above a schedule. */
  readonly title: (service: string) => string
  /** What a calendar calls a shift. */
  readonly summary: (person: string, service: string) => string
  readonly layer: (layer: string) => string
  readonly override: string
  readonly nobody: string
  /** A page that only shows that pages arrive. */
  readonly test: {
    readonly title: (service: string) => string
    /** Markdown. */
    readonly body: (id: string) => string
    readonly over: string
  }
  readonly heads: Readonly<Record<'from' | 'to' | 'person' | 'layer', string>>
}
