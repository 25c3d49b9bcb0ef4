/**
 * How files are written. It has nothing to do with arithmetic, and is here because all modules that
 * write files depend on this one; it is exported to them alone.
 */
package io.fixlane.files;
