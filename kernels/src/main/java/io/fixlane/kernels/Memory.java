package io.fixlane.kernels;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.tensor.FixedTensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** The checks on memory that every plan makes before it writes anything. */
final class Memory {
  private Memory() {}

  /** Makes all checks of one operand and the target. */
  static void check(String name, MemorySegment operand, Container container, long index,
      MemorySegment target, Container targetContainer, long targetIndex, long count) {
    Objects.requireNonNull(operand, name);
    Objects.requireNonNull(target, "target");
    requireRange(name, operand, container, index, count);
    requireRange("target", target, targetContainer, targetIndex, count);
    requireWritable(target);
    requireNoOverlap(name, operand, container, index, target, targetContainer, targetIndex, count);
  }

  /** Requires two tensors to share no word. */
  static void requireApart(String name, FixedTensor source, FixedTensor target) {
    if (source.segment().asOverlappingSlice(target.segment()).isPresent()) {
      throw new IllegalArgumentException(name + " and target overlap: they must be apart");
    }
  }

  static void requireWritable(MemorySegment target) {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("target is read-only: it must be writable");
    }
  }

  /** Requires the elements index..index+count-1 to lie in a segment. */
  private static void requireRange(String name, MemorySegment memory, Container container,
      long index,
      long count) {
    long size = memory.byteSize() / container.bytes();
    if (index < 0 || count < 0 || index > size - count) {
      throw new IllegalArgumentException(
          name + " has " + size + " words: " + count + " from word " + index
              + " on do not lie in it");
    }
  }

  /**
   * Requires a source and the target not to overlap, unless each target word lies exactly on the
   * source word of the same index: then it is read before it is written.
   */
  static void requireNoOverlap(
      String name, MemorySegment source, Container container, long index, MemorySegment target,
      Container targetContainer,
      long targetIndex, long count) {
    if (source != target && source.asOverlappingSlice(target).isEmpty()) {
      return;
    }
    long from = source.address() + index * container.bytes();
    long targetFrom = target.address() + targetIndex * targetContainer.bytes();
    boolean apart = from + count * container.bytes() <= targetFrom
        || targetFrom + count * targetContainer.bytes() <= from;
    boolean inPlace = from == targetFrom && container.bytes() == targetContainer.bytes();
    if (!apart && !inPlace) {
      throw new IllegalArgumentException(
          name + " and target overlap: they must be apart, or start at the same word and have"
              + " containers of one size");
    }
  }

  /**
   * Requires two tensors to be apart, or where {@code inPlace} allows it, to start at the same
   * word.
   */
  static void requireNoOverlap(String name, FixedTensor source, FixedTensor target,
      boolean inPlace) {
    if (inPlace) {
      requireNoOverlap(
          name, source.segment(), Container.of(source.format()), 0, target.segment(),
          Container.of(target.format()), 0,
          source.size());
    } else if (source.segment().asOverlappingSlice(target.segment()).isPresent()) {
      throw new IllegalArgumentException(
          name + " and target overlap: an operand that is broadcast must be apart");
    }
  }
}
