package io.fixlane.kernels.tiles.kernel;

import io.fixlane.kernels.lanes.Container;
import io.fixlane.kernels.machine.Address;
import io.fixlane.kernels.machine.Register;
import io.fixlane.kernels.machine.Vector;
import io.fixlane.kernels.machine.VectorAssembler;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Writes a {@link RegisterCast} of all sums of a tile: each operation is applied to all of them, so
 * that none waits for another, and one constant at a time takes a register.
 */
final class RegisterCastWriter {
  private final VectorAssembler lanes;
  private final RegisterCast.Form form;
  private final IntFunction<Address> numbers;
  private final Vector constant;
  private final Vector shift;
  private final Vector term;

  /**
   * Prepares to write.
   *
   * @param lanes where to
   * @param form what to write
   * @param numbers where each of the {@link DotNumbers} lies
   * @param free registers of the size of the sums that hold nothing
   */
  RegisterCastWriter(VectorAssembler lanes, RegisterCast.Form form, IntFunction<Address> numbers,
      List<Vector> free) {
    this.lanes = lanes;
    this.form = form;
    this.numbers = numbers;
    this.constant = free.get(0);
    this.shift = free.get(1);
    this.term = free.get(2);
  }

  /** Casts sums, each in its register. */
  void cast(List<Vector> sums) {
    load(constant, DotNumbers.LOW);
    sums.forEach(sum -> lanes.vpmaxsd(sum, sum, constant));
    load(constant, DotNumbers.HIGH);
    sums.forEach(sum -> lanes.vpminsd(sum, sum, constant));
    load(shift, DotNumbers.SHIFT);
    addTerms(sums);
    load(constant, DotNumbers.BASE);
    for (Vector sum : sums) {
      lanes.vpaddd(sum, sum, constant);
      lanes.vpsravd(sum, sum, shift);
    }
    // A store of a part of each lane cuts as much, and packing would saturate.
    if (form.cut() > (packs(sums.getFirst()) ? 0 : Integer.SIZE - form.target().bits())) {
      sums.forEach(this::cut);
    }
  }

  private void load(Vector into, int number) {
    lanes.vpbroadcastd(into, numbers.apply(number));
  }

  private void addTerms(List<Vector> sums) {
    if (form.added() == RegisterCast.Added.NEVER) {
      return;
    }
    load(constant, DotNumbers.TERM);
    for (Vector sum : sums) {
      if (form.added() == RegisterCast.Added.ODD) {
        lanes.vpsravd(term, sum, shift);
      } else {
        lanes.vpsrad(term, sum, Integer.SIZE - 1);
      }
      lanes.vpand(term, term, constant);
      lanes.vpaddd(sum, sum, term);
    }
  }

  private void cut(Vector word) {
    lanes.vpslld(word, word, form.cut());
    if (form.signed()) {
      lanes.vpsrad(word, word, form.cut());
    } else {
      lanes.vpsrld(word, word, form.cut());
    }
  }

  /** Stores a vector of results, the j-th of those that lie from a place on. */
  void store(Register place, int j, Vector results) {
    int words = results.bits() / Integer.SIZE;
    Address address = place.at(j * words * form.target().bytes());
    if (form.target() == Container.INT) {
      lanes.vmovdqu(address, results);
    } else if (packs(results)) {
      pack(address, results);
    } else if (form.target() == Container.BYTE) {
      lanes.vpmovdb(address, results);
    } else {
      lanes.vpmovdw(address, results);
    }
  }

  /** Returns whether no instruction stores a part of each lane. */
  private static boolean packs(Vector results) {
    return results.bits() < 512;
  }

  private void pack(Address address, Vector results) {
    Vector lower = new Vector(results.number(), 128);
    Vector packed = new Vector(term.number(), 128);
    lanes.vextracti128(packed, results);
    if (form.target() == Container.BYTE) {
      lanes.vpackssdw(packed, lower, packed);
      if (form.signed()) {
        lanes.vpacksswb(packed, packed, packed);
      } else {
        lanes.vpackuswb(packed, packed, packed);
      }
      lanes.vmovq(address, packed);
    } else {
      if (form.signed()) {
        lanes.vpackssdw(packed, lower, packed);
      } else {
        lanes.vpackusdw(packed, lower, packed);
      }
      lanes.vmovdqu(address, packed);
    }
  }
}
