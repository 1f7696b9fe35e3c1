import { type FileHandle, open } from 'node:fs/promises'

/**
 * A file as a stream of bytes that fills the reader's own buffer: no piece is allocated or copied, so
 * a large plan reads a quarter faster than through `Readable.toWeb(createReadStream())`. The file is
 * opened at the first read, which fails with Node's error, and closed at the end or when cancelled.
 */
export function fileStream(path: string): ReadableStream<Uint8Array> {
  let file: FileHandle | undefined
  return new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: 262_144,
    async pull(controller) {
      const request = controller.byobRequest
      const view = request?.view as Uint8Array<ArrayBuffer> | null | undefined
      if (request === null || view === null || view === undefined) return
      file ??= await open(path)
      const { bytesRead } = await file.read(view, 0, view.byteLength)
      if (bytesRead === 0) {
        await file.close()
        controller.close()
      }
      request.respond(bytesRead)
    },
    cancel: () => file?.close(),
  })
}
