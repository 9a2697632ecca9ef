/** A secret's whereabouts: `env:NAME` or `file:/path`; its value is read only when needed. */
export interface SecretReference {
  readonly from: 'env' | 'file'
  readonly name: string
}

/** A reference as it may be shown: `env:SLACK_BOT_TOKEN`. */
export function shownReference({from, name}: SecretReference): string {
  return `${from}:${name}`
}
