/** A block of memory seen as bytes and as numbers of the host's own byte order. */
export interface Memory {
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
}

/** A zeroed block of `size` bytes, rounded up to whole numbers. */
export function allocate(size: number): Memory {
  const buffer = new ArrayBuffer((size + 3) & ~3);
  return { u8: new Uint8Array(buffer), u16: new Uint16Array(buffer), u32: new Uint32Array(buffer) };
}
