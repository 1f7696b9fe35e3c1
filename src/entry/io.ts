/** The part of a process that commands use; `process` itself fits, and so does a test's double. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: {
    write(text: string): unknown
    readonly isTTY?: boolean
    readonly columns?: number
  }
  readonly stderr: {
    write(text: string): unknown
    readonly isTTY?: boolean
    readonly columns?: number
  }
  readonly env: Readonly<Record<string, string | undefined>>
  cwd(): string
}
