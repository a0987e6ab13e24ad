import type { Address } from "./kernels.ts";

const pageBytes = 65_536;
const alignment = 16;
/** What kernels may read behind the end of a block. */
const slackBytes = 16;
/** Below lies what the compiler keeps for itself. */
const firstAddress = 1_024;

interface Block {
  readonly at: Address;
  readonly bytes: number;
}

/** The memory that kernels work in, given out in blocks. It grows as it must and is never given back before its end. */
export class PlaneMemory {
  readonly memory = new WebAssembly.Memory({ initial: 16 });
  /** Between the blocks, by address; none touches another. */
  #free: Block[] = [{ at: firstAddress, bytes: this.memory.buffer.byteLength - firstAddress }];
  readonly #taken = new Map<Address, number>();

  /** What a block of `bytes` takes. */
  static sizeOf(bytes: number): number {
    return Math.ceil((bytes + slackBytes) / alignment) * alignment;
  }

  /** Not zeroed, at a multiple of 16. @throws RangeError where there is no more memory */
  allocate(bytes: number): Address {
    const size = PlaneMemory.sizeOf(bytes);
    const index = this.#free.findIndex((block) => block.bytes >= size);
    const found = this.#free[index];
    if (!found) {
      this.#grow(size);
      return this.allocate(bytes);
    }
    const rest = { at: found.at + size, bytes: found.bytes - size };
    this.#free.splice(index, 1, ...(rest.bytes > 0 ? [rest] : []));
    this.#taken.set(found.at, size);
    return found.at;
  }

  free(at: Address): void {
    const bytes = this.#taken.get(at);
    if (bytes === undefined) throw new Error(`nothing was allocated at ${at}`);
    this.#taken.delete(at);
    this.#release({ at, bytes });
  }

  /** Good until the next allocation, which may move the memory. */
  view(at: Address, bytes: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer, at, bytes);
  }

  #grow(bytes: number): void {
    const before = this.memory.buffer.byteLength;
    this.memory.grow(Math.ceil(bytes / pageBytes));
    this.#release({ at: before, bytes: this.memory.buffer.byteLength - before });
  }

  #release(block: Block): void {
    const index = this.#free.findIndex(({ at }) => at > block.at);
    const position = index === -1 ? this.#free.length : index;
    const before = this.#free[position - 1];
    const after = this.#free[position];
    const joinsBefore = before !== undefined && before.at + before.bytes === block.at;
    const joinsAfter = after !== undefined && block.at + block.bytes === after.at;
    const at = joinsBefore ? before.at : block.at;
    const end = joinsAfter ? after.at + after.bytes : block.at + block.bytes;
    this.#free.splice(
      joinsBefore ? position - 1 : position,
      Number(joinsBefore) + Number(joinsAfter),
      { at, bytes: end - at },
    );
  }
}
