/**
 * The content of a network's file, between its header and its checksum: a chain of layers goes in
 * and bytes come out, or the other way round. Whatever the bytes are, reading gives a network or an
 * IllegalArgumentException, and takes no more memory than they warrant. {@link
 * io.fixlane.network.file.NetworkWriter} is where to start, beside {@code docs/network-file.md}.
 */
package io.fixlane.network.file;
