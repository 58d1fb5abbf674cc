/**
 * Google's renderer of PDFs, compiled to WebAssembly: one for each file, so that nothing of one is there when the next is drawn,
 * whatever the first has done to it.
 * @see https://pdfium.googlesource.com/pdfium/
 */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PDFiumLibrary, PDFiumModule } from "@hyzyla/pdfium";

/** A picture of 100 megapixels within a page takes 400 MB. Left to itself the renderer takes 2 GB, which few kilobytes can ask for. */
const memoryLimitBytes = 512 * 1_048_576;
const wasmPageBytes = 65_536;

let compiled: Promise<WebAssembly.Module> | null = null;

const compile = async (): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await readFile(fileURLToPath(import.meta.resolve("@hyzyla/pdfium/pdfium.wasm"))));

/** A renderer that has drawn nothing before. It is not used again: its memory never shrinks. */
export async function freshPdfium(): Promise<PDFiumLibrary> {
  compiled ??= compile();
  const program = await compiled;
  return PDFiumLibrary.initBase({
    // What it has to say is about the file, and the log is no place for that.
    vendor: (options) => PDFiumModule(Object.assign(options, { print: () => {}, printErr: () => {} })),
    instantiateWasm(imports, use) {
      const instance = new WebAssembly.Instance(program, imports);
      limitMemory(instance.exports.memory);
      // Its types say that it takes the module; it takes the instance.
      use(instance as never);
      return instance.exports;
    },
  });
}

/** The renderer asks for more by `grow`, and takes a refusal for a machine that has no more. */
function limitMemory(memory: WebAssembly.ExportValue | undefined): void {
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError("the renderer has no memory of its own");
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    const wanted = memory.buffer.byteLength + pages * wasmPageBytes;
    if (wanted > memoryLimitBytes) throw new RangeError("a document takes too much memory");
    return grow(pages);
  };
}
