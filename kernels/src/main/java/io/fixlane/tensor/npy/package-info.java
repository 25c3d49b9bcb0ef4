/**
 * Arrays in files of numpy, {@code .npy} and {@code .npz}. In go raw words of tensors, or numbers;
 * out come arrays that know their type and shape, to be taken as words of a format or cast into
 * one. Begin with {@link io.fixlane.tensor.npy.NpyArray}, which holds an array in memory; {@link
 * io.fixlane.tensor.npy.NpyReader} and {@link io.fixlane.tensor.npy.NpyWriter} go through files
 * that are larger than it.
 */
package io.fixlane.tensor.npy;
