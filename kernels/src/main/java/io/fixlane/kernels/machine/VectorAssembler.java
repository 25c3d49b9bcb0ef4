package io.fixlane.kernels.machine;

/**
 * Writes vector instructions: of vectors of 512 bits those of AVX-512 with an EVEX prefix, of
 * shorter ones those of AVX2 and AVX-VNNI with a VEX prefix. An assembler has one.
 */
public final class VectorAssembler {
  private static final int MAP_0F = 1;
  private static final int MAP_0F38 = 2;
  private static final int MAP_0F3A = 3;
  private static final int PREFIX_66 = 1;
  private static final int PREFIX_F3 = 2;
  /** Of a prefix of EVEX: that lanes have 64 bits. */
  private static final int WIDE = 0x80;

  private final CodeBuffer code;
  private final ModRm operands;

  VectorAssembler(CodeBuffer code, ModRm operands) {
    this.code = code;
    this.operands = operands;
  }

  /** Adds to each lane of 32 bits four products of unsigned bytes of x and signed ones of y. */
  public void vpdpbusd(Vector sum, Vector x, Vector y) {
    registers(MAP_0F38, PREFIX_66, 0x50, sum, x, y);
  }

  /** Adds to each lane of 32 bits two products of signed words of 16 bits. */
  public void vpdpwssd(Vector sum, Vector x, Vector y) {
    registers(MAP_0F38, PREFIX_66, 0x52, sum, x, y);
  }

  /** Sums two products of signed words of 16 bits in each lane of 32 bits. */
  public void vpmaddwd(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0xF5, to, x, y);
  }

  /** Adds lanes of 32 bits. */
  public void vpaddd(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0xFE, to, x, y);
  }

  /** Adds lanes of 64 bits. */
  public void vpaddq(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66 | WIDE, 0xD4, to, x, y);
  }

  /** Subtracts lanes of 32 bits. */
  public void vpsubd(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0xFA, to, x, y);
  }

  /** Subtracts bytes. */
  public void vpsubb(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0xF8, to, x, y);
  }

  /** Takes the bits that both have. */
  public void vpand(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0xDB, to, x, y);
  }

  /** Takes the bits that one of both has. */
  public void vpor(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0xEB, to, x, y);
  }

  /** Takes the larger of signed lanes of 32 bits. */
  public void vpmaxsd(Vector to, Vector x, Vector y) {
    registers(MAP_0F38, PREFIX_66, 0x3D, to, x, y);
  }

  /** Takes the smaller of signed lanes of 32 bits. */
  public void vpminsd(Vector to, Vector x, Vector y) {
    registers(MAP_0F38, PREFIX_66, 0x39, to, x, y);
  }

  /** Shifts lanes of 32 bits to the right, each by a lane of y; their signs follow. */
  public void vpsravd(Vector to, Vector x, Vector y) {
    registers(MAP_0F38, PREFIX_66, 0x46, to, x, y);
  }

  /** Shifts lanes of 32 bits to the left, by a constant. */
  public void vpslld(Vector to, Vector x, int bits) {
    registers(MAP_0F, PREFIX_66, 0x72, new Vector(6, to.bits()), to, x);
    code.bytes(bits);
  }

  /** Shifts lanes of 64 bits to the left, by a constant. */
  public void vpsllq(Vector to, Vector x, int bits) {
    registers(MAP_0F, PREFIX_66 | WIDE, 0x73, new Vector(6, to.bits()), to, x);
    code.bytes(bits);
  }

  /** Shifts lanes of 32 bits to the right, by a constant; zeros follow. */
  public void vpsrld(Vector to, Vector x, int bits) {
    registers(MAP_0F, PREFIX_66, 0x72, new Vector(2, to.bits()), to, x);
    code.bytes(bits);
  }

  /** Shifts lanes of 32 bits to the right, by a constant; their signs follow. */
  public void vpsrad(Vector to, Vector x, int bits) {
    registers(MAP_0F, PREFIX_66, 0x72, new Vector(4, to.bits()), to, x);
    code.bytes(bits);
  }

  /** Shifts lanes of 16 bits to the right, by a constant; zeros follow. */
  public void vpsrlw(Vector to, Vector x, int bits) {
    registers(MAP_0F, PREFIX_66, 0x71, new Vector(2, to.bits()), to, x);
    code.bytes(bits);
  }

  /** Shifts lanes of 16 bits to the right, by a constant; their signs follow. */
  public void vpsraw(Vector to, Vector x, int bits) {
    registers(MAP_0F, PREFIX_66, 0x71, new Vector(4, to.bits()), to, x);
    code.bytes(bits);
  }

  /** Sums two products of unsigned bytes of x and signed ones of y, and saturates at 16 bits. */
  public void vpmaddubsw(Vector to, Vector x, Vector y) {
    registers(MAP_0F38, PREFIX_66, 0x04, to, x, y);
  }

  /** Takes the exclusive or. */
  public void vpxor(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0xEF, to, x, y);
  }

  /** Reads a vector at any address. */
  public void vmovdqu(Vector to, Address from) {
    memory(MAP_0F, PREFIX_F3, 0x6F, to, from, to.bytes());
  }

  /** Writes a vector at any address. */
  public void vmovdqu(Address to, Vector from) {
    memory(MAP_0F, PREFIX_F3, 0x7F, from, to, from.bytes());
  }

  /** Narrows signed lanes of 32 bits, those of x and then of y, and saturates at signed 16 bits. */
  public void vpackssdw(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0x6B, to, x, y);
  }

  /** Narrows signed lanes of 32 bits, those of x and then of y, and saturates at unsigned 16. */
  public void vpackusdw(Vector to, Vector x, Vector y) {
    registers(MAP_0F38, PREFIX_66, 0x2B, to, x, y);
  }

  /** Narrows signed lanes of 16 bits, those of x and then of y, and saturates at signed bytes. */
  public void vpacksswb(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0x63, to, x, y);
  }

  /** Narrows signed lanes of 16 bits, those of x and then of y, and saturates at unsigned bytes. */
  public void vpackuswb(Vector to, Vector x, Vector y) {
    registers(MAP_0F, PREFIX_66, 0x67, to, x, y);
  }

  /** Takes the upper half of a vector of 256 bits, as one of 128. */
  public void vextracti128(Vector to, Vector from) {
    prefix(MAP_0F3A, PREFIX_66, from, 0, 0, to.number() >> 3);
    code.bytes(0x39);
    operands.registers(from.number(), to.number());
    code.bytes(1);
  }

  /** Takes the upper half of a vector of 512 bits, as the lower one. */
  public void vextracti64x4(Vector to, Vector from) {
    prefix(MAP_0F3A, PREFIX_66 | WIDE, from, 0, to.number() >> 4, to.number() >> 3 & 1);
    code.bytes(0x3B);
    operands.registers(from.number(), to.number());
    code.bytes(1);
  }

  /** Widens the signed lanes of 32 bits in the lower half of a vector. */
  public void vpmovsxdq(Vector to, Vector from) {
    prefix(MAP_0F38, PREFIX_66, to, 0, from.number() >> 4, from.number() >> 3 & 1);
    code.bytes(0x25);
    operands.registers(to.number(), from.number());
  }

  /** Writes the lower 64 bits of a vector of 128. */
  public void vmovq(Address to, Vector from) {
    memory(MAP_0F, PREFIX_66, 0xD6, from, to, Long.BYTES);
  }

  /** Writes the lower byte of each of 16 lanes of 32 bits. */
  public void vpmovdb(Address to, Vector from) {
    memory(MAP_0F38, PREFIX_F3, 0x31, from, to, from.bytes() / 4);
  }

  /** Writes the lower 16 bits of each of 16 lanes of 32 bits. */
  public void vpmovdw(Address to, Vector from) {
    memory(MAP_0F38, PREFIX_F3, 0x33, from, to, from.bytes() / 2);
  }

  /** Reads bytes into lanes of 32 bits; zeros follow. */
  public void vpmovzxbd(Vector to, Address from) {
    memory(MAP_0F38, PREFIX_66, 0x31, to, from, to.bytes() / 4);
  }

  /** Reads words of 16 bits into lanes of 32 bits; zeros follow. */
  public void vpmovzxwd(Vector to, Address from) {
    memory(MAP_0F38, PREFIX_66, 0x33, to, from, to.bytes() / 2);
  }

  /** Reads 32 bits into every lane. */
  public void vpbroadcastd(Vector to, Address from) {
    memory(MAP_0F38, PREFIX_66, 0x58, to, from, Integer.BYTES);
  }

  /** Clears the upper parts of registers, so that code without AVX does not wait for them. */
  public void vzeroupper() {
    code.bytes(0xC5, 0xF8, 0x77);
  }

  private void registers(int map, int prefix, int opcode, Vector reg, Vector x, Vector rm) {
    if (reg.bits() != x.bits() || reg.bits() != rm.bits()) {
      throw new IllegalArgumentException("registers are " + reg + ", " + x + " and " + rm
          + ": they must be of one size");
    }
    // The register's fifth bit takes the place of an index's fourth.
    prefix(map, prefix, reg, x.number(), rm.number() >> 4, rm.number() >> 3 & 1);
    code.bytes(opcode);
    operands.registers(reg.number(), rm.number());
  }

  private void memory(int map, int prefix, int opcode, Vector reg, Address address, int read) {
    int index = address.index() == null ? 0 : address.index().ordinal() >> 3;
    prefix(map, prefix, reg, 0, index, address.base().ordinal() >> 3);
    code.bytes(opcode);
    operands.memory(reg.number(), address, reg.bits() == 512 ? read : 1);
  }

  /** Writes a prefix: with the high bits of reg, index and base, and register x, all inverted. */
  private void prefix(int map, int prefix, Vector reg, int x, int index, int base) {
    int high = (~reg.number() >> 3 & 1) << 7 | (~index & 1) << 6 | (~base & 1) << 5;
    if (reg.bits() == 512) {
      code.bytes(0x62, high | (~reg.number() >> 4 & 1) << 4 | map,
          (~x & 15) << 3 | 4 | prefix, reg.length() << 5 | (~x >> 4 & 1) << 3);
      return;
    }
    int last = (~x & 15) << 3 | reg.length() << 2 | prefix & ~WIDE;
    if (map == MAP_0F && index == 0 && base == 0) {
      code.bytes(0xC5, high & 0x80 | last);
    } else {
      code.bytes(0xC4, high | map, last);
    }
  }
}
