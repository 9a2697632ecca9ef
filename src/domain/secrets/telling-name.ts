/** The last part of a word of a name: `PGPASSWORD`, `api-key`, `requirepass`, `authToken`. */
const SECRET_WORD =
  /(?:pass(?:wd|word|phrase)?|pwd|secrets?|tokens?|keys?|creds?|credentials?|auth|dsn|webhooks?|cookies?|sessions?|sig|signature|private|otp)$/i
/** What stands last and makes it a name of something else: `TOKEN_TTL`, `AUTH_HOST`, `KEY_FILE`. The credentials of a `…_URL` are in the URL. */
const HARMLESS_END =
  /^(?:host|port|file|path|dir|ur[il]|user|username|name|ttl|timeout|type|mode|enabled|level|expiry|expires|algorithm|issuer|method|size|count|prefix|provider|driver|store|backend|realm|domain|network|audience|strategy|samesite|secure)$/i
const WORD_BREAK = /[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/

/** Whether a variable, an option, a header or a parameter of this name holds a secret. */
export function tellsSecret(name: string): boolean {
  const words = name.split(WORD_BREAK).filter((word) => word !== '')
  const isWebhook = words.some((word) => /^webhooks?$/i.test(word))
  if (!isWebhook && HARMLESS_END.test(words.at(-1) ?? '')) return false
  return words.some((word) => SECRET_WORD.test(word))
}

/** A shorter value, or one that is a mere word, could stand anywhere and mean nothing. */
const SURELY_LONG_ENOUGH = 8
const LONG_ENOUGH_WHEN_MIXED = 6

/** Whether a value that was only found, and that nobody said is a secret, may be hidden wherever it stands. */
export function isDistinctive(value: string): boolean {
  if (value.length >= SURELY_LONG_ENOUGH) return true
  return value.length >= LONG_ENOUGH_WHEN_MIXED && /\d/.test(value) && /\D/.test(value)
}
