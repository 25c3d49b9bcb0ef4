/** Vector files, and the suite that runs one against an implementation of the arithmetic. */
package io.fixlane.conformance;
