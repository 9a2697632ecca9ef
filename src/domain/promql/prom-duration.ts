const WRITTEN = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/
const MILLISECONDS = [31_536_000_000n, 604_800_000n, 86_400_000n, 3_600_000n, 60_000n, 1000n, 1n]
/** Prometheus counts nanoseconds in 64 bits. */
const MOST = (2n ** 63n - 1n) / 1_000_000n

/** Milliseconds of `1d12h`, as Prometheus reads it: whole numbers, each unit once, the largest first. Null when it is none. */
export function prometheusDuration(text: string): number | null {
  if (text === '0') return 0
  const parts = text === '' ? null : WRITTEN.exec(text)
  if (parts === null) return null
  const total = MILLISECONDS.reduce((sum, size, index) => sum + size * BigInt(parts[index + 1] ?? 0), 0n)
  return total > MOST ? null : Number(total)
}
