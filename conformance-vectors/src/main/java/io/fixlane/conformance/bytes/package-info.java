/**
 * Bytes of files that may hold anything: in come streams and what was read of them, out go the
 * bytes, gzip unpacked and its damage found, and text fit for an error message. Nothing here knows
 * what a vector is. {@link io.fixlane.conformance.bytes.CountingInput} and {@link
 * io.fixlane.conformance.bytes.StrictGzipInput} are what a file is read through.
 */
package io.fixlane.conformance.bytes;
