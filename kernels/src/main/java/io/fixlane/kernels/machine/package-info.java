/**
 * Machine code from Java: code is written as bytes, put into executable memory and called through
 * {@code java.lang.foreign}, where the JVM allows that. Begin with
 * {@link io.fixlane.kernels.machine.MachineCode}, which says whether it does, and
 * {@link io.fixlane.kernels.machine.Assembler}.
 */
package io.fixlane.kernels.machine;
