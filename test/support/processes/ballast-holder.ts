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
// The collector gives them back in its own time: a busy machine's is later.
const leftMiB = (): number => process.memoryUsage().arrayBuffers / MIB
const released = Date.now() + 10_000
while (leftMiB() >= 10 && Date.now() < released) await wait(50)
process.stdout.write(JSON.stringify({heldMiB, grownMiB, leftMiB: leftMiB()}))
