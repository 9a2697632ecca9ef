/** Bytes of UTF-8, and where among the bytes of the text each of them comes from. */
export interface ByteLayer {
  readonly bytes: Uint8Array
  readonly length: number
  /** From here on it may go on where the text does. */
  readonly openFrom: number
  /** Asked of what was found only, which is little beside what is searched. Of the length: where all that the layer was made of ends. */
  readonly startOf: (at: number) => number
  readonly endOf: (at: number) => number
}

/** A text's own bytes. */
export function textLayer(bytes: Uint8Array): ByteLayer {
  return {bytes, length: bytes.length, openFrom: 0, startOf: (at) => at, endOf: (at) => at + 1}
}

/** Where a layer that is being written keeps its bytes, and for each of them where in the layer below it begins and ends. */
export interface PlacedBytes {
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** The values of digits, and where in the layer below each of them stands. */
export interface DigitRoom {
  readonly values: Uint8Array
  readonly places: Int32Array
}

/** Room for layers, used again for text after text: what was in a slot is gone when it is asked for again. */
export interface Scratch {
  readonly placed: (slot: number, capacity: number) => PlacedBytes
  readonly digits: (slot: number, capacity: number) => DigitRoom
  readonly bytes: (slot: number, capacity: number) => Uint8Array
}

const SMALLEST = 1024

function capacityFor(wanted: number): number {
  let capacity = SMALLEST
  while (capacity < wanted) capacity *= 2
  return capacity
}

/** Makes what a slot has too little of anew. */
function slots<Room>(sizeOf: (room: Room) => number, make: (capacity: number) => Room) {
  const rooms: (Room | undefined)[] = []
  return (slot: number, wanted: number): Room => {
    const room = rooms[slot]
    if (room !== undefined && sizeOf(room) >= wanted) return room
    return (rooms[slot] = make(capacityFor(wanted)))
  }
}

export function scratch(): Scratch {
  return {
    placed: slots<PlacedBytes>(
      ({bytes}) => bytes.length,
      (capacity) => ({
        bytes: new Uint8Array(capacity),
        starts: new Int32Array(capacity),
        ends: new Int32Array(capacity),
      }),
    ),
    digits: slots<DigitRoom>(
      ({values}) => values.length,
      (capacity) => ({values: new Uint8Array(capacity), places: new Int32Array(capacity)}),
    ),
    bytes: slots<Uint8Array>(
      ({length}) => length,
      (capacity) => new Uint8Array(capacity),
    ),
  }
}
