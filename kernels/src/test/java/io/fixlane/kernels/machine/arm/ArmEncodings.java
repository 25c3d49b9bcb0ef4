package io.fixlane.kernels.machine.arm;

import io.fixlane.kernels.machine.Encoding;
import java.util.List;
import java.util.function.Consumer;

/** Instructions of AArch64. */
final class ArmEncodings {
  static final List<Encoding<ArmAssembler>> ALL = List.of(
      of("mov x16, x3", "F00303AA", code -> code.mov(new X(16), new X(3))),
      of("mov x0, x30", "E0031EAA", code -> code.mov(new X(0), new X(30))),
      of("ldr x15, [x6]", "CF0040F9", code -> code.ldr(new X(15), new X(6), 0)),
      of("ldr x17, [x6, #96]", "D13040F9", code -> code.ldr(new X(17), new X(6), 96)),
      of("ldr x1, [sp, #32760]", "E1FF7FF9", code -> code.ldr(new X(1), X.SP, 32760)),
      of("str x15, [x6, #8]", "CF0400F9", code -> code.str(new X(15), new X(6), 8)),
      of("str x30, [sp]", "FE0300F9", code -> code.str(new X(30), X.SP, 0)),
      of("ldrsw x7, [x1]", "270080B9", code -> code.ldrsw(new X(7), new X(1), 0)),
      of("ldrsw x14, [x1, #28]", "2E1C80B9", code -> code.ldrsw(new X(14), new X(1), 28)),
      of("ldrsw x0, [x30, #16380]", "C0FFBFB9", code -> code.ldrsw(new X(0), new X(30), 16380)),
      of("add x16, x16, #256", "10020491", code -> code.add(new X(16), new X(16), 256)),
      of("add sp, sp, #64", "FF030191", code -> code.add(X.SP, X.SP, 64)),
      of("add x3, x4, #4095", "83FC3F91", code -> code.add(new X(3), new X(4), 4095)),
      of("adds x15, x15, #4", "EF1100B1", code -> code.adds(new X(15), new X(15), 4)),
      of("sub sp, sp, #64", "FF0301D1", code -> code.sub(X.SP, X.SP, 64)),
      of("sub x9, x30, #4095", "C9FF3FD1", code -> code.sub(new X(9), new X(30), 4095)),
      of("subs x15, x15, #4", "EF1100F1", code -> code.subs(new X(15), new X(15), 4)),
      of("subs x15, x14, #0", "CF0100F1", code -> code.subs(new X(15), new X(14), 0)),
      of("add x4, x4, x17", "8400118B", code -> code.add(new X(4), new X(4), new X(17), 0)),
      of("add x14, x0, x14, lsl #2", "0E080E8B",
          code -> code.add(new X(14), new X(0), new X(14), 2)),
      of("add x30, x29, x28, lsl #63", "BEFF1C8B",
          code -> code.add(new X(30), new X(29), new X(28), 63)),
      of("ret", "C0035FD6", code -> code.ret()),
      of("ldr q0, [x16]", "0002C03D", code -> code.vectors().ldr(new V(0), new X(16), 0)),
      of("ldr q31, [x4, #48]", "9F0CC03D", code -> code.vectors().ldr(new V(31), new X(4), 48)),
      of("ldr q7, [sp, #65520]", "E7FFFF3D", code -> code.vectors().ldr(new V(7), X.SP, 65520)),
      of("str q9, [x5]", "A900803D", code -> code.vectors().str(new V(9), new X(5), 0)),
      of("str q31, [x30, #16]", "DF07803D", code -> code.vectors().str(new V(31), new X(30), 16)),
      of("ldr q4, [x7], #16", "E404C13C", code -> code.vectors().ldrPost(new V(4), new X(7))),
      of("ldr q31, [x14], #16", "DF05C13C", code -> code.vectors().ldrPost(new V(31), new X(14))),
      of("ldr s4, [x7], #4", "E44440BC", code -> code.vectors().ldrsPost(new V(4), new X(7))),
      of("ldr s31, [x14], #4", "DF4540BC", code -> code.vectors().ldrsPost(new V(31), new X(14))),
      of("stp d8, d9, [sp]", "E827006D", code -> code.vectors().stp(new V(8), new V(9), X.SP, 0)),
      of("stp d14, d15, [sp, #48]", "EE3F036D",
          code -> code.vectors().stp(new V(14), new V(15), X.SP, 48)),
      of("stp d31, d0, [x3, #504]", "7F801F6D",
          code -> code.vectors().stp(new V(31), new V(0), new X(3), 504)),
      of("ldp d8, d9, [sp]", "E827406D", code -> code.vectors().ldp(new V(8), new V(9), X.SP, 0)),
      of("ldp d14, d15, [sp, #48]", "EE3F436D",
          code -> code.vectors().ldp(new V(14), new V(15), X.SP, 48)),
      of("ldp d31, d0, [x3, #504]", "7F805F6D",
          code -> code.vectors().ldp(new V(31), new V(0), new X(3), 504)),
      of("sdot v9.4s, v0.16b, v4.4b[0]", "09E0844F",
          code -> code.vectors().sdot(new V(9), new V(0), new V(4), 0)),
      of("sdot v31.4s, v16.16b, v15.4b[1]", "1FE2AF4F",
          code -> code.vectors().sdot(new V(31), new V(16), new V(15), 1)),
      of("sdot v0.4s, v31.16b, v16.4b[2]", "E0EB904F",
          code -> code.vectors().sdot(new V(0), new V(31), new V(16), 2)),
      of("sdot v16.4s, v1.16b, v31.4b[3]", "30E8BF4F",
          code -> code.vectors().sdot(new V(16), new V(1), new V(31), 3)),
      of("eor v9.16b, v0.16b, v4.16b", "091C246E",
          code -> code.vectors().eor(new V(9), new V(0), new V(4))),
      of("eor v31.16b, v16.16b, v30.16b", "1F1E3E6E",
          code -> code.vectors().eor(new V(31), new V(16), new V(30))),
      of("movi v0.16b, #128", "00E4044F",
          code -> code.vectors().movi128(new V(0))),
      of("movi v31.16b, #128", "1FE4044F",
          code -> code.vectors().movi128(new V(31))));

  private ArmEncodings() {}

  private static Encoding<ArmAssembler> of(
      String text, String bytes, Consumer<ArmAssembler> write) {
    return new Encoding<>(text, bytes, write);
  }
}
