import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import type {MemoryFault} from './fault-state.js'

const TICK_MS = 200
const MIB = 1024 * 1024

export interface MemoryBallast {
  /** Replaces the growth in force; what is held already stays held, up to the new maximum. */
  grow(fault: MemoryFault): void
  release(): void
  heldMiB(): number
}

/** Holds memory outside the JavaScript heap, so that the process's resident size grows as in a native leak. */
export function createMemoryBallast(): MemoryBallast {
  let blocks: Buffer[] = []
  let owedMiB = 0
  let timer: NodeJS.Timeout | undefined

  const stop = (): void => {
    clearInterval(timer)
    owedMiB = 0
  }
  return {
    grow: ({growMiBPerSecond, maxMiB}) => {
      stop()
      blocks = blocks.slice(0, maxMiB)
      if (growMiBPerSecond === 0) return
      timer = setInterval(() => {
        owedMiB += (growMiBPerSecond * TICK_MS) / 1000
        while (owedMiB >= 1 && blocks.length < maxMiB) {
          // Filled with ones: pages that were only reserved are not resident.
          blocks.push(Buffer.alloc(MIB, 1))
          owedMiB -= 1
        }
      }, TICK_MS).unref()
    },
    release: () => {
      stop()
      if (blocks.length === 0) return
      blocks = []
      collectGarbage()
    },
    heldMiB: () => blocks.length,
  }
}

/** An idle process may go minutes without collecting, and a reset drill has to look recovered at once. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}
