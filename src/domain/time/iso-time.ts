/**
 * ISO 8601 UTC.
 *
 * @format date-time
 */
export type IsoTime = string
