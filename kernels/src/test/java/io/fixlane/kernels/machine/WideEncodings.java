package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.VectorEncodings.of;
import static io.fixlane.kernels.machine.VectorEncodings.ymm;
import static io.fixlane.kernels.machine.VectorEncodings.zmm;

import java.util.List;

/** Instructions on lanes of 64 bits. */
final class WideEncodings {
  static final List<Encoding<VectorAssembler>> ALL = List.of(
      of("vpaddq zmm0, zmm1, zmm2", "62F1F548D4C2",
          code -> code.vpaddq(zmm(0), zmm(1), zmm(2))),
      of("vpaddq zmm8, zmm15, zmm7", "62718548D4C7",
          code -> code.vpaddq(zmm(8), zmm(15), zmm(7))),
      of("vpaddq zmm16, zmm31, zmm24", "62818540D4C0",
          code -> code.vpaddq(zmm(16), zmm(31), zmm(24))),
      of("vpaddq zmm31, zmm8, zmm16", "6221BD48D4F8",
          code -> code.vpaddq(zmm(31), zmm(8), zmm(16))),
      of("vpaddq ymm0, ymm1, ymm2", "C5F5D4C2",
          code -> code.vpaddq(ymm(0), ymm(1), ymm(2))),
      of("vpaddq ymm15, ymm9, ymm7", "C535D4FF",
          code -> code.vpaddq(ymm(15), ymm(9), ymm(7))),
      of("vpaddq ymm3, ymm15, ymm8", "C4C105D4D8",
          code -> code.vpaddq(ymm(3), ymm(15), ymm(8))),
      of("vpsllq zmm0, zmm1, 8", "62F1FD4873F108",
          code -> code.vpsllq(zmm(0), zmm(1), 8)),
      of("vpsllq zmm8, zmm15, 8", "62D1BD4873F708",
          code -> code.vpsllq(zmm(8), zmm(15), 8)),
      of("vpsllq zmm16, zmm24, 8", "6291FD4073F008",
          code -> code.vpsllq(zmm(16), zmm(24), 8)),
      of("vpsllq zmm31, zmm16, 8", "62B1854073F008",
          code -> code.vpsllq(zmm(31), zmm(16), 8)),
      of("vpsllq ymm0, ymm1, 63", "C5FD73F13F",
          code -> code.vpsllq(ymm(0), ymm(1), 63)),
      of("vpsllq ymm15, ymm7, 63", "C58573F73F",
          code -> code.vpsllq(ymm(15), ymm(7), 63)),
      of("vpsllq ymm3, ymm8, 63", "C4C16573F03F",
          code -> code.vpsllq(ymm(3), ymm(8), 63)),
      of("vpmovsxdq zmm0, ymm1", "62F27D4825C1",
          code -> code.vpmovsxdq(zmm(0), zmm(1))),
      of("vpmovsxdq zmm8, ymm15", "62527D4825C7",
          code -> code.vpmovsxdq(zmm(8), zmm(15))),
      of("vpmovsxdq zmm16, ymm24", "62827D4825C0",
          code -> code.vpmovsxdq(zmm(16), zmm(24))),
      of("vpmovsxdq zmm31, ymm16", "62227D4825F8",
          code -> code.vpmovsxdq(zmm(31), zmm(16))),
      of("vpmovsxdq ymm0, xmm1", "C4E27D25C1",
          code -> code.vpmovsxdq(ymm(0), ymm(1))),
      of("vpmovsxdq ymm15, xmm7", "C4627D25FF",
          code -> code.vpmovsxdq(ymm(15), ymm(7))),
      of("vpmovsxdq ymm3, xmm8", "C4C27D25D8",
          code -> code.vpmovsxdq(ymm(3), ymm(8))),
      of("vextracti64x4 ymm0, zmm1, 1", "62F3FD483BC801",
          code -> code.vextracti64x4(zmm(0), zmm(1))),
      of("vextracti64x4 ymm8, zmm15, 1", "6253FD483BF801",
          code -> code.vextracti64x4(zmm(8), zmm(15))),
      of("vextracti64x4 ymm16, zmm24, 1", "6223FD483BC001",
          code -> code.vextracti64x4(zmm(16), zmm(24))),
      of("vextracti64x4 ymm31, zmm16, 1", "6283FD483BC701",
          code -> code.vextracti64x4(zmm(31), zmm(16))));

  private WideEncodings() {}
}
