// Comparing pieces of a document word by word: several times faster than byte by byte.

/** Whether `length` bytes are the same in both, from an offset in each. */
export function sameBytes(
  a: DataView,
  fromA: number,
  b: DataView,
  fromB: number,
  length: number,
): boolean {
  if (fromA + length > a.byteLength || fromB + length > b.byteLength) return false
  let i = 0
  for (; i + 8 <= length; i += 8) {
    const first = a.getInt32(fromA + i, true) ^ b.getInt32(fromB + i, true)
    const second = a.getInt32(fromA + i + 4, true) ^ b.getInt32(fromB + i + 4, true)
    if ((first | second) !== 0) return false
  }
  for (; i < length; i += 1) if (a.getUint8(fromA + i) !== b.getUint8(fromB + i)) return false
  return true
}

/** A number that is the same for the same bytes: not a digest, others may share it. */
export function fingerprint(bytes: DataView): number {
  const n = bytes.byteLength
  let even = n
  let odd = 0x811c9dc5
  let i = 0
  for (; i + 8 <= n; i += 8) {
    even = Math.imul(even ^ bytes.getInt32(i, true), 0x01000193)
    odd = Math.imul(odd ^ bytes.getInt32(i + 4, true), 0x85ebca6b)
    // Multiplying moves nothing downwards.
    even ^= even >>> 15
    odd ^= odd >>> 13
  }
  for (; i < n; i += 1) even = Math.imul(even ^ bytes.getUint8(i), 0x01000193)
  return Math.imul(even ^ (even >>> 16), 0x85ebca6b) ^ odd
}
