/** Bytes of UTF-8, and where among the bytes of the text each of them comes from: `starts[i]` to `ends[i]`. */
export interface ByteLayer {
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  length: number
  /** From here on it may go on where the text does. */
  openFrom: number
}

const SMALLEST = 1024

function newLayer(capacity: number): ByteLayer {
  return {
    bytes: new Uint8Array(capacity),
    starts: new Int32Array(capacity),
    ends: new Int32Array(capacity),
    length: 0,
    openFrom: 0,
  }
}

/** Room for layers, used again for text after text. */
export interface Scratch {
  /** The text's own bytes. */
  readonly source: (bytes: Uint8Array) => ByteLayer
  /** An empty layer with room for so many bytes; what was in this slot is gone. */
  readonly layer: (slot: number, capacity: number) => ByteLayer
}

function capacityFor(bytes: number): number {
  let capacity = SMALLEST
  while (capacity < bytes) capacity *= 2
  return capacity
}

export function scratch(): Scratch {
  const layers: ByteLayer[] = []
  let places = newLayer(0)
  return {
    source: (bytes) => {
      if (places.starts.length < bytes.length) {
        places = newLayer(capacityFor(bytes.length))
        for (let at = 0; at < places.starts.length; at += 1) {
          places.starts[at] = at
          places.ends[at] = at + 1
        }
      }
      return {bytes, starts: places.starts, ends: places.ends, length: bytes.length, openFrom: 0}
    },
    layer: (slot, capacity) => {
      let layer = layers[slot]
      if (layer === undefined || layer.bytes.length < capacity) layers[slot] = layer = newLayer(capacityFor(capacity))
      layer.length = 0
      layer.openFrom = 0
      return layer
    },
  }
}
