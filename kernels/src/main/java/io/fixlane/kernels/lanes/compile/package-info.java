/**
 * From class files to machine code. In go a template and a recipe; vector methods are copied into
 * one, and the result is defined as a hidden class whose data the JIT takes for constants. Begin
 * with {@link io.fixlane.kernels.lanes.compile.Template}; how wide vectors are is decided in
 * {@link io.fixlane.kernels.lanes.compile.VectorProvider}.
 */
package io.fixlane.kernels.lanes.compile;
