package io.fixlane.network.plan;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The memory between layers, which a thread keeps for its next run. */
final class Buffers {
  private static final ThreadLocal<@Nullable Buffers> IDLE = new ThreadLocal<>();

  private byte[][] memory = new byte[0][];

  private Buffers() {}

  /** Returns this thread's buffers; a run within a run gets others. */
  static Buffers take() {
    Buffers idle = IDLE.get();
    IDLE.remove();
    return idle == null ? new Buffers() : idle;
  }

  /** Keeps the buffers for the next run of this thread. */
  void giveBack() {
    IDLE.set(this);
  }

  /** Returns a buffer of so many bytes at least, with anything in it. */
  MemorySegment get(int place, long bytes) {
    if (place >= memory.length) {
      int before = memory.length;
      memory = Arrays.copyOf(memory, place + 1);
      Arrays.fill(memory, before, place + 1, new byte[0]);
    }
    if (memory[place].length < bytes) {
      memory[place] = new byte[Math.toIntExact(bytes)];
    }
    return MemorySegment.ofArray(memory[place]);
  }
}
