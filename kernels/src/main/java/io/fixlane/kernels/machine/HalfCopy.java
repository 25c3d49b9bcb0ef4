package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Copies the halves of words into words of their own, block by block: of each block first the lower
 * halves and then the upper ones. It needs AVX2.
 */
public final class HalfCopy {
  private static final int BITS = 256;
  private static final int STEP = BITS / Byte.SIZE;
  private static final int VECTORS = 4;
  /** A call keeps the collector waiting, and takes some 20 microseconds for so many. */
  private static final int MOST_BYTES = 1 << 18;
  private static final int FROM = 0;
  private static final int TO = 1;
  private static final int BLOCKS = 2;
  private static final int BLOCK = 3;
  private static final int LOWER = 4;
  private static final int BIAS = 5;
  /** The lower half of each byte. */
  private static final long LOWER_HALVES = 0x0F0F_0F0FL;
  private static final long BIASES = 0x0808_0808L;
  /** Multiplied with bytes, and added in pairs, it leaves the lower one, its sign extended. */
  private static final long LOWER_BYTES = 0x0001_0001L;

  private static volatile @Nullable MemorySegment bytes;
  private static volatile @Nullable MemorySegment words;

  private HalfCopy() {}

  private static synchronized MemorySegment makeBytes() {
    MemorySegment written = bytes;
    if (written == null) {
      written = CodeMemory.of(write(true, Abi.own()));
      bytes = written;
    }
    return written;
  }

  private static synchronized MemorySegment makeWords() {
    MemorySegment written = words;
    if (written == null) {
      written = CodeMemory.of(write(false, Abi.own()));
      words = written;
    }
    return written;
  }

  /**
   * Copies the halves of bytes, each a number from 0 to 15, into bytes that are smaller by 8.
   *
   * @param source where the bytes lie
   * @param from the offset of the first
   * @param target where their halves go, twice as many bytes
   * @param to the offset of the first
   * @param count how many bytes there are, whole blocks and not 0
   * @param block the bytes of a block, a multiple of 32
   * @param numbers an array of six numbers at least, which is written to
   * @param numberMemory the same as memory
   * @throws IllegalStateException if the system refuses memory for the code, at the first call
   */
  public static void ofBytes(MemorySegment source, long from, MemorySegment target, long to,
      long count, int block, long[] numbers, MemorySegment numberMemory) {
    MemorySegment code = bytes;
    numbers[LOWER] = LOWER_HALVES;
    numbers[BIAS] = BIASES;
    copy(code == null ? makeBytes() : code, source, from, target, to, count, block, numbers,
        numberMemory);
  }

  /**
   * Copies the bytes of words of 16 bits into words of 16 bits, their signs extended.
   *
   * @param source where the words lie
   * @param from the offset of the first, in bytes as all that follow
   * @param target where their bytes go, twice as much
   * @param to the offset of the first
   * @param count how long the words are, whole blocks and not 0
   * @param block how long a block is, a multiple of 32
   * @param numbers an array of six numbers at least, which is written to
   * @param numberMemory the same as memory
   * @throws IllegalStateException if the system refuses memory for the code, at the first call
   */
  public static void ofWords(MemorySegment source, long from, MemorySegment target, long to,
      long count, int block, long[] numbers, MemorySegment numberMemory) {
    MemorySegment code = words;
    numbers[LOWER] = LOWER_BYTES;
    copy(code == null ? makeWords() : code, source, from, target, to, count, block, numbers,
        numberMemory);
  }

  private static void copy(MemorySegment code, MemorySegment source, long from,
      MemorySegment target, long to, long count, int block, long[] numbers,
      MemorySegment numberMemory) {
    numbers[BLOCK] = block;
    long most = MOST_BYTES - MOST_BYTES % block;
    for (long done = 0; done < count; done += most) {
      numbers[FROM] = from + done;
      numbers[TO] = to + 2 * done;
      numbers[BLOCKS] = Math.min(most, count - done) / block;
      MachineCall.call(code, source, target, numberMemory, numberMemory, numberMemory,
          numberMemory, numberMemory);
    }
  }

  /** A block's upper halves go as far behind its lower ones as it is long. */
  private static byte[] write(boolean ofBytes, Abi abi) {
    Assembler code = new Assembler();
    VectorAssembler lanes = code.vectors();
    Vector lower = new Vector(0, BITS);
    Vector bias = new Vector(1, BITS);
    Vector first = new Vector(2, BITS);
    Vector second = new Vector(3, BITS);
    abi.enter(code, VECTORS);
    code.add(RDI, RDX.at(FROM * Long.BYTES));
    code.add(RSI, RDX.at(TO * Long.BYTES));
    code.mov(R9, RDX.at(BLOCK * Long.BYTES));
    lanes.vpbroadcastd(lower, RDX.at(LOWER * Long.BYTES));
    lanes.vpbroadcastd(bias, RDX.at(BIAS * Long.BYTES));
    Label blocks = new Label();
    Label steps = new Label();
    code.bind(blocks);
    code.mov(RCX, RDI);
    code.add(RCX, R9);
    code.mov(R8, RSI);
    code.add(R8, R9);
    code.bind(steps);
    lanes.vmovdqu(first, RDI.at());
    if (ofBytes) {
      lanes.vpsrlw(second, first, Byte.SIZE / 2);
      lanes.vpand(first, first, lower);
      lanes.vpand(second, second, lower);
      lanes.vpsubb(first, first, bias);
      lanes.vpsubb(second, second, bias);
    } else {
      lanes.vpsraw(second, first, Byte.SIZE);
      lanes.vpmaddubsw(first, lower, first);
    }
    lanes.vmovdqu(RSI.at(), first);
    lanes.vmovdqu(R8.at(), second);
    code.add(RDI, STEP);
    code.add(RSI, STEP);
    code.add(R8, STEP);
    code.cmp(RDI, RCX);
    code.jne(steps);
    code.add(RSI, R9);
    code.sub(RDX.at(BLOCKS * Long.BYTES), 1);
    code.jne(blocks);
    abi.leave(code, VECTORS);
    return code.toBytes();
  }
}
