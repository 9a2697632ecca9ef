/** A process of its own that holds MAX MiB, and prints as JSON by how many MiB it grew, and what it holds once they are released. */
import {setTimeout as wait} from 'node:timers/promises'
import {createMemoryBallast} from '../../../service/api/src/faults/memory-ballast.js'

const MIB = 1024 * 1024
const maxMiB = Number(process.argv[2])
const end = Date.now() + 10_000

const ballast = createMemoryBallast()
const before = process.memoryUsage().rss
ballast.grow({growMiBPerSecond: 200, maxMiB})
while (ballast.heldMiB() < maxMiB && Date.now() < end) await wait(50)
const heldMiB = ballast.heldMiB()
const grownMiB = (process.memoryUsage().rss - before) / MIB
ballast.release()
await wait(50)
const leftMiB = process.memoryUsage().arrayBuffers / MIB
process.stdout.write(JSON.stringify({heldMiB, grownMiB, leftMiB}))
