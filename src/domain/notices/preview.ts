/** What a channel would send of a notice: the whole of it, as people or a service would get it. */
export interface Preview {
  readonly format: 'text' | 'json' | 'html'
  readonly text: string
}

export interface ChannelPreview extends Preview {
  /** Its key under `notices:`. */
  readonly channel: string
  /** As people know it: `slack #ops-incidents`. */
  readonly address: string
}
