const UUID = /^([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A UUID by its first group, as there is little room for it on a screen; anything else as it is. */
export function shortRequestId(requestId: string): string {
  return UUID.exec(requestId)?.[1] ?? requestId
}
