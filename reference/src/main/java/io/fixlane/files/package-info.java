/**
 * How files are written. In go a path and bytes; out comes a file that is whole and durable, or the
 * one that was there before. It has nothing to do with arithmetic, and is here because all modules
 * that write files depend on this one; it is exported to them alone. Begin with
 * {@link io.fixlane.files.AtomicFile}.
 */
package io.fixlane.files;
