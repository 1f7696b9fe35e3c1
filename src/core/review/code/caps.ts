// Every bound of reading an archive of configuration. Each is far above what a real one needs, and
// all that a bound leaves out is said in the reading.

export interface CodeCaps {
  /**
   * Bytes of the archive, compressed and decompressed each. Configuration is a few megabytes at most;
   * the rest of a repository may come along. Bounds a bomb to well under a second of work.
   */
  readonly archiveBytes: number
  /** Entries of the archive, of any type. */
  readonly members: number
  /** Bytes of the long name or the extended attributes of one entry; people's need a few hundred. */
  readonly metadataBytes: number
  /** The same of all entries: their attributes are parsed one by one, which is slow. */
  readonly allMetadataBytes: number
  /** UTF-16 units of a path inside the archive; longer ones are no path people use. */
  readonly pathCharacters: number
  /** Bytes of one source file. The largest that people write are some hundred kilobytes. */
  readonly fileBytes: number
  /** Bytes of all source files that are looked into. */
  readonly sourceBytes: number
  /** UTF-16 units of one block as shown: about 200 lines, more than a person reads of one resource. */
  readonly blockCharacters: number
  /** UTF-16 units of the comments above a block: its end is kept, so that they cannot push it out. */
  readonly commentCharacters: number
  /** UTF-16 units of all blocks as shown: about 15 000 tokens of a model. */
  readonly totalCharacters: number
}

const MIB = 1_048_576

export const CODE_CAPS: CodeCaps = {
  archiveBytes: 64 * MIB,
  members: 20_000,
  metadataBytes: 16_384,
  allMetadataBytes: 2 * MIB,
  pathCharacters: 1_024,
  fileBytes: MIB / 2,
  sourceBytes: 4 * MIB,
  blockCharacters: 8_000,
  commentCharacters: 2_000,
  totalCharacters: 60_000,
}
