/**
 * The command {@code fixlane show}: a network or an ONNX model comes in, and what it is made of
 * goes out as text, and the words of every layer as files of numpy. {@link
 * io.fixlane.cli.show.ShowCommand} is where to start to read.
 */
@NullMarked
package io.fixlane.cli.show;

import org.jspecify.annotations.NullMarked;
