// Preloaded: what is logged has a known time, 2026-11-20T03:12:04.118Z, and requests take as long as `tick` says.
const os = require('node:os')
const Real = Date
let offset = 0
const start = Real.UTC(2026, 10, 20, 3, 12, 4, 118)
globalThis.tick = (milliseconds) => {
  offset += milliseconds
}
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [start + offset] : given))
  }
  static now() {
    return start + offset
  }
}
const nanoseconds = () => BigInt(start + offset) * 1_000_000n
process.hrtime = (since) => {
  const now = nanoseconds() - (since === undefined ? 0n : BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]))
  return [Number(now / 1_000_000_000n), Number(now % 1_000_000_000n)]
}
process.hrtime.bigint = nanoseconds
performance.now = () => offset
Object.defineProperty(performance, 'timeOrigin', {value: start})
os.hostname = () => 'web-1'
Object.defineProperty(process, 'pid', {value: 7})
