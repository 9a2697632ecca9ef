const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** What may be called: https, and http where it does not leave this machine. null for anything else. */
export function webhookUrl(text: string): URL | null {
  if (!/^https?:\/\/[^\s/]/.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  return url.protocol === 'https:' || LOOPBACK.test(url.hostname) ? url : null
}
