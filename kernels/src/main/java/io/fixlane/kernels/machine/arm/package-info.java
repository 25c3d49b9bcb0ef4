/** Machine code of AArch64: its registers and its assembler. */
package io.fixlane.kernels.machine.arm;
